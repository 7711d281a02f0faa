"""What is different for instructors: their nbgrader works on the course's folder, which they share."""

c = get_config()  # noqa: F821 - nbgrader defines it

c.CourseDirectory.root = "/srv/convnet/course"
c.CourseDirectory.groupshared = True
