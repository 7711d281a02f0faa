"""Where everybody's nbgrader finds the exchange, and the graders' the gradebook."""

c = get_config()  # noqa: F821 - nbgrader defines it

c.CourseDirectory.course_id = "convnet-course"
c.Exchange.root = "/srv/convnet/exchange"

# In a folder of its own: the grader writes there, but not in the course's folder.
c.CourseDirectory.db_url = "sqlite:////srv/convnet/course/gradebook/gradebook.db"
