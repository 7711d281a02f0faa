"""What is different for instructors: their nbgrader works on the course's folder, which they share."""

c = get_config()  # noqa: F821 - nbgrader defines it

c.CourseDirectory.root = "/srv/convnet/course"
c.CourseDirectory.groupshared = True

# Students can put anything into the exchange. Links are not followed, and what is in
# one student's name but belongs to another is left there.
c.ExchangeFactory.collect = "helpers.teaching.classroom.exchange.CarefulCollect"
