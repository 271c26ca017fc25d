# The four steps: record, consult, talk, agree and keep. Words to customers are a person's, with their name.

offer-allowed = ✓ { $name } let “{ $offer }” be offered: { $reason }
read-button = I have read it
read-title = Record the complaint
read-summary = The matter in one line (the customer sees it)
read-summary-hint = What, since when, where. The customer is asked whether it is right.
read-category-hint = The name of a category; leave it empty if unsure
read-vulnerable = Vulnerable customer (old, ill …)?
read-vulnerable-hint = Yes or No
read-done =
    ✓ { $name } has read and recorded #{ $number }:
    { $summary }
read-asked = The customer is asked whether that is right.
vulnerable = Vulnerable customer
vulnerable-not-said = Vulnerable: not said yet
vulnerable-noted = #{ $number }: the customer is treated as vulnerable, before others.
vulnerable-denied = #{ $number }: noted that the customer is not vulnerable.
severity-not-said = Severity: not said yet
not-said-yet = not said yet
vulnerable-suggested = perhaps, by their words: please decide
bar-next = Next step:
bar-inside = What is written in this thread stays among staff. The customer reads only what is sent with “Reply”.
bar-vulnerable = Vulnerable
more-button = More…
more-of = More about #{ $number }:
more-none = #{ $number }, as it stands:
pick-severity = How bad is it?
pick-vulnerable = Is the customer vulnerable?
vulnerable-yes = Yes: old, ill, pregnant, a small child …
vulnerable-no = No
propose-button = Propose
resume-button = Stop waiting
card-stage = State
yes = Yes
no = No
next-read = Read it, then press “I have read it”: only then is the complaint recorded
card-summary = Summary

summary-ask =
    Complaint **#{ $number }**: I have read it. This is how I understand it:
    { $summary }
    Is that right?
    — { $name }
summary-heard =
    Complaint **#{ $number }**, in short:
    { $summary }
summary-right-button = That's right
summary-wrong-button = Not quite
summary-wrong-title = What is not right?
summary-wrong-label = Your words
summary-thanks-right = Thank you for confirming.
summary-thanks-wrong = Thank you. Whoever handles it has your correction and will answer.
summary-is-right = The customer confirms it
summary-is-wrong = The customer says: not quite
summary-is-open = Not confirmed by the customer yet
summary-corrected = **{ $name }** says the summary is not quite right:

handed-over =
    { $count ->
        [one] { $from } hands a case over to { $to }:
       *[other] { $from } hands { $count } cases over to { $to }:
    }
handed-over-none = { $name } has no case to hand over.

propose-title = Propose remedies
propose-first = Remedy 1
propose-first-when = Remedy 1: by when · value
propose-second = Remedy 2
propose-second-hint = Two are better; with only one, say why below
propose-second-when = Remedy 2: by when · value
propose-what-hint = Who does what, what the customer must do, what it costs
propose-when-hint = 9am tomorrow · 300,000 VND; leave out what costs nothing
propose-remark = Which one is recommended, and why
propose-remark-hint = 2: they are at home on weekends only
proposed = 🧭 { $name } proposes:
recommended = Recommended: { $number }
proposal-waits = Needs { $role } to agree before it goes to the customer.
proposal-waits-for = { $role } A proposal waits for you to agree: { $place }
proposal-waits-matter = #{ $number } · { $matter }
proposal-agreed = { $name } agreed.
proposal-covered = Within authority: it may go to the customer now.
proposal-sent = Sent to the customer to choose from.
agree-button = Agree
change-button = Change
change-title = What should change?
change-label = Your words
change-asked = ✎ { $name } wants the proposal changed:
    { $text }
remedies-button = Send to the customer
remedies-title = Send the remedies
remedies-label = Your words (the remedies follow)
remedies-draft = Thank you for waiting. I am sorry for the trouble this has caused you. This is what we can do; please choose:
remedy-unvalued = no value stated
remedy-by = { $when } at the latest
choose-button = Choose { $number }
choose-only-button = I agree
something-else-button = Something else
something-else-label = What would be better?
something-else = **{ $name }** wants something else:
something-else-heard = Complaint **#{ $number }**: thank you. Whoever handles it has your words and will answer.
ask-manager-button = Talk to a manager
manager-asked = **{ $name }** wants to talk to a manager.
manager-asked-for = { $role } A customer wants to talk to a manager: { $place }
manager-is-told = Complaint **#{ $number }**: the managers have been told that you want to talk to one. What was proposed above still stands; you can choose at any time.
talk-take-button = I will talk to the customer
talk-taken = { $place } **{ $name }** takes it on to talk to the customer.
talk-held-button = Spoken with
talk-held = { $place } ✓ **{ $name }** has spoken with the customer.
remedy-chosen = ✓ **{ $name }** chose:
    { $remedy }
remedy-chosen-until = ✓ **{ $name }** chose, and it is a promise now, { $when } at the latest:
    { $remedy }
agreed =
    Complaint **#{ $number }**: agreed, thank you.
    { $remedy }
agreed-until =
    Complaint **#{ $number }**: agreed, { $when } at the latest. Thank you.
    { $remedy }
note-choice-button = Chosen by voice
note-choice-title = The customer chose by voice
note-choice-number = Which remedy they chose
note-choice-medium = How they said it
note-choice-when = When
note-choice-when-hint = 9am today · yesterday 15:30; empty means now
note-choice-text = Their words, if they are to be kept
choice-noted =
    ✓ { $name } noted that the customer chose ({ $medium }, { $when }):
    { $remedy }
agreed-spoken =
    Complaint **#{ $number }**: this is what you agreed to ({ $medium }):
    { $remedy }
    If it is not right, please write to me here.
    — { $name }

# What the customer chose elsewhere.
choice-kept = Written down, and pinned in the thread.

# Staying calm when a customer is harsh.
superior-button = Tell a superior
superior-told = A manager has been told. It is not counted against you. Stay calm: the customer is angry about the matter, not about you.
superior-asked = { $role } { $name } asks you to look at how the customer speaks: { $place }
rest-button = 5 minutes' break
resting = { $role } { $name } rests until { $when }. Please look after what is due:
resting-line = • { $place } · { $clock } { $when }
resting-free = Rest until { $when }: breathe deeply, drink a glass of cold water. Nothing of yours is due meanwhile.
resting-covered = Rest until { $when }: breathe deeply, drink a glass of cold water. Colleagues were asked to look after { $count } of yours that are due soon; what the customer was told does not change.
