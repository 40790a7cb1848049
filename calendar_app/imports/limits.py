"""How much of a foreign source is read; each limit is named by the message that tells it."""

LARGEST = 2 * 1024**2  # bytes of a file, characters of a text
MOST_ROWS = 5_000
# Of an ics.
DEEPEST = 5  # components inside each other
MOST_PROPERTIES = 2_000  # lines of one event
LONGEST_PROPERTY = 65_536  # characters of one of them, unfolded
MOST_OCCURRENCES = 500  # of one event that recurs
LONGEST_INTERVAL = 1_000  # years, months, weeks or days
MOST_WORK = 1_000_000  # steps on the way to all that recurs in a file: some three seconds
# Of a table and a text.
MOST_COLUMNS = 60
LONGEST_CELL = 5_000  # characters
LONGEST_LINE = 500  # characters
MOST_PIECES = 20  # that its separators make
MOST_DATES = 100  # runs of its words that may be dates
