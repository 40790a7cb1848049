"""`python -m calendar_app.cli`, where the command itself is not on the path."""

from calendar_app.cli import main

raise SystemExit(main())
