# The managers' report (/report overview). Keep the labels short: the chart is read on a phone.

report-title = Complaints report
report-today = Today
report-yesterday = Yesterday
report-last-7-days = Last 7 days
report-last-30-days = Last 30 days
report-this-month = This month
report-last-month = Last month
report-compared = compared with

report-complaints = Complaints
report-received = Received
report-resolved = Resolved
report-open = Open
report-reopened = Opened again
report-dismissed = Dismissed
report-without-clock = Without a deadline

report-deadlines = Deadlines
report-met = Met
report-missed = Missed

report-times = Times
report-reply = Reply
report-resolution = Resolution
report-median = median
report-p90 = P90
report-duty = duty hours
report-wall = round the clock
report-unanswered = Messages waiting for a reply

report-ratings = Ratings
report-mean = Mean score
report-satisfied = Satisfied (4–5 stars)
report-response = Response rate
report-coverage = Asked, of those resolved
report-fixed = Fixed

report-promises = Promises and goodwill
report-kept = Kept in time
report-broken = Broken
report-moved = Moved before due
report-given = Given on top
report-dong = VND

report-categories = Categories
report-unclassified = Unclassified
report-others = Others

report-before = before
report-no-clear-change = no clear change
report-nothing = No complaints in this period.
report-as-of = Figures as of
report-method = Median and P90 are real cases. In brackets: the 95% confidence interval; below 10 answers only counts are given.
report-by-day = Received and resolved by day
report-by-hour = Received and resolved by hour

report-days = d
report-hours = h
report-minutes = min
report-seconds = s
# Decimal separator, separator of thousands; dates in the signs of strftime; the seven weekdays from Monday.
report-decimal = .
report-group = ,
report-date = %-d %b
report-date-year = %-d %b %Y
report-weekdays = Mon Tue Wed Thu Fri Sat Sun

report-column-key = Key
report-column-figure = Figure
report-column-value = This period
report-column-of = Out of
report-column-before = Period before
report-column-before-of = Out of (before)
report-column-unit = Unit
