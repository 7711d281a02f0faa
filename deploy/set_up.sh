#!/usr/bin/env bash
# Groups, folders and permissions for the hub, as root, from a clone of the course: bash deploy/set_up.sh
# Run it again after an update. What you have changed in /etc/convnet stays, and so does what students handed in;
# lessons, solutions and released notebooks are copied again.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 022
place=/srv/convnet
course=$place/course
exchange=$place/exchange

for group in students instructors; do
  getent group "$group" >/dev/null || groupadd "$group"
done
id grader >/dev/null 2>&1 || useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin grader

# Settings: what you have changed is kept.
mkdir -p /etc/convnet
cp -Rn deploy/jupyterhub_config.py deploy/instructors /etc/convnet
install -m 440 deploy/sudoers /etc/sudoers.d/convnet

# New homes have what lessons link to.
install -m 644 GLOSSARY.md /etc/skel

# The hub's own secrets.
install -d -m 700 "$place/hub"

# The exchange. Everybody may put something in, nobody may move or delete what belongs to others (the 1 of 3777),
# and only instructors can list what has come in.
install -d -g instructors -m 3777 "$exchange"
install -d -g instructors -m 2775 "$exchange/convnet-course" "$exchange/convnet-course/outbound"
install -d -g instructors -m 2771 "$exchange/convnet-course/feedback"
install -d -g instructors -m 3773 "$exchange/convnet-course/inbound"
setfacl -m user:grader:--- "$exchange"

# The course's folder: instructors may do everything, others nothing. That also holds for files made later.
install -d -g instructors -m 2770 "$course"
cp -R lessons solutions notebooks nbgrader_config.py "$course"
mkdir -p "$course"/{submitted,autograded,gradebook}
touch "$course/gradebook/gradebook.db"  # SQLite would make it so that only one person can write it
chgrp -R instructors "$course"
setfacl -R -m group:instructors:rwX,other:---,default:group:instructors:rwX,default:other:--- "$course"

# What `course grade` must read, and what it must write.
setfacl -m user:grader:x "$course"
setfacl -m user:grader:r "$course/nbgrader_config.py"
setfacl -R -m user:grader:rX,default:user:grader:rX "$course"/{notebooks,submitted}
setfacl -R -m user:grader:rwX,default:user:grader:rwX "$course"/{autograded,gradebook}
