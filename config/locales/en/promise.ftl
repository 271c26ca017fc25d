# Promises: given, moved, kept; some are appointments.
file-promises = Promises
file-promise = Number, by
file-made-at = Given
file-moved-from = Moved from
file-promise-open = Open
file-promise-broken = Broken
file-promise-late = Kept late
file-promise-kept = Kept
file-promise-released = No longer applies
file-post-promised = promise
file-post-promise-moved = promise moved
file-post-promise-kept = done before its time
file-appointment-call = Call
file-appointment-visit = Visit
file-post-appointment = reminder of the appointment of promise
file-fact-appointment-reminded = The customer was reminded of the appointment of promise
file-word-promise = promise
file-fact-promised = Promised
file-fact-promise-moved = Promise moved
file-fact-promise-kept = Promise kept
command-case-promise = promise
command-case-promise-about = Promise the customer something until a time (hua, hen khach)
command-case-promises = promises
command-case-promises-about = See, keep or move promises (loi hua)
promised =
    Complaint **#{ $number }**: I promise you, { $when } at the latest:
    { $what }
    If anything changes, I will tell you before then.
    — { $name }
promise-moved =
    Complaint **#{ $number }**: I have to move what I promised for { $from } to { $when } at the latest:
    { $what }
    Reason: { $reason }
    — { $name }
promise-done =
    🕘 { $name } promised the customer, { $when } at the latest ({ $relative }):
    { $what }
promise-moved-done =
    🕘 { $name } moved a promise from { $from } to { $when }; the customer is told:
    { $what }
    Reason: { $reason }
promise-kept-done =
    ✓ { $name } kept the promise:
    { $what }
promise-late-done =
    ✓ { $name } did what was promised, but late:
    { $what }
promise-kept-told =
    Complaint **#{ $number }**: what I promised
    { $what }
    is done before its time:
    { $outcome }
    — { $name }
appointment-call = a call
appointment-visit = a visit
appointment-made =
    Complaint **#{ $number }**: { $how } is arranged for { $when }:
    { $what }
    You will be reminded before. If that time does not suit you, write to us here.
    — { $name }
appointment-reminder =
    Complaint **#{ $number }**: a reminder of { $how } at { $when }, arranged with { $name }:
    { $what }
    If that time does not suit you any more, write to us here.
refusal-no-promise = There is no open promise { $number }.
refusal-promise-past = { $when } lies behind. Promise for a time that lies ahead.
refusal-promise-far = { $when } is more than a year away. Promise for a nearer time.
refusal-promise-over = The promise was due { $when }, so it cannot be moved any more. Press “Kept” once it is done, and tell the customer with a reply.
refusal-promise-unmoved = The promise is for { $when } already.
promise-released = no longer applies
promise-when = Until when now?
promise-when-hint = tomorrow 9am · Tuesday next week 5pm · in 2 hours
promise-reason = Reason (the customer reads it)
promise-move-title = Move the promise
promise-read =
    I read that as { $when } ({ $relative }). Press to promise the customer:
    { $what }
promise-passed =
    { $when } has passed. Which time do you mean?
    { $what }
promise-which =
    When is this promised for?
    { $what }
promise-open = { $when } at the latest ({ $relative })
promise-broken = **overdue** since { $when }
promise-kept = kept (due { $when })
promise-kept-late = done late (due { $when })
promise-moved-times =
    { $times ->
        [one] moved once
       *[other] moved { $times } times
    }
promise-line = **{ $number }.** { $what } · { $name } · { $standing }
promise-keep-button = { $number } · Kept
promise-move-button = { $number } · Move
promises-of = Promises of #{ $number }
promises-open = Promises to keep: { $count }
promises-none = Nothing is promised yet. Promise with `/case promise`.
promises-none-open = No promise is left to keep.
promise-kept-title = Done before its time
promise-kept-label = What came of it, for the customer
