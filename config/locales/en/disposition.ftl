# Withdrawn, merged: how a complaint ends without an outcome.

withdraw-choose = Withdraw a complaint
withdraw-title = Withdraw this complaint?
withdraw-label = Your reason, if you want to tell us
withdraw-hint = Sending withdraws it. If you change your mind, write to us within 14 days.
withdrawn = Complaint **#{ $number }** is withdrawn, as you wish. If you change your mind, write to us within 14 days.
withdrawn-by = **{ $name }** withdrew the complaint.
withdrawal-noted =
    ✓ { $name } noted that the customer withdraws #{ $number } ({ $medium }):
    { $text }
customer-withdrawn = Complaint **#{ $number }**: we noted that you withdraw it. If that is not right, write here within 14 days and it is open again.
medium-phone = by phone
medium-mail = by mail
medium-in-person = in person

merged = ✓ { $name } merged #{ $from } into #{ $into }: { $place }
merged-into = From now on this complaint is looked after in #{ $number }: { $place }
merged-from = From now on #{ $number } ({ $place }) is looked after here. The customer wrote:
customer-merged = Your complaints **#{ $from }** and **#{ $number }** are one matter, so we look after both in **#{ $number }**. You need not write anything again.

state-refused = refused, with the reason sent to you
state-withdrawn = you withdrew it
state-merged = looked after in #{ $number }

# Customers who speak with the desk elsewhere: by phone, by mail, in person.
line-spoken = Told { $medium }
source-logged-by = { $medium }, written down by { $name }
next-tell = Tell the customer what waits to be told in the thread
customer-spoke = **{ $name }** said ({ $medium }):
customer-spoke-at = **{ $name }** said ({ $medium }, { $when }):
to-tell = ☎ Tell { $name } { $medium }:
told-button = The customer knows
told-by-voice = ✓ { $name } told the customer.
speech-noted = What the customer said ({ $medium }) is in #{ $number }.
logged = Complaint **#{ $number }** is written down. Tell the customer the number, so that they can ask again.
logged-on-discord = Complaint **#{ $number }** is written down. The customer also gets a confirmation on Discord.
logged-tell =
    Tell the customer:
    { $line }
log-title = Write down a complaint
log-title-more = What else does the customer say?
log-name = The customer's name
log-words = What the customer says, in their words
log-contact-hint = To find them and call them back
reply-spoken = ✓ told { $medium }
receipt-logged =
    We wrote down your complaint **#{ $number }** as you told it:
    { $words }
    A person reads it within { $within }. If something is not right, write to us here.
find-heading = Search “{ $query }”: { $count }
find-left-out = Only the first { $most } words were looked for; left out: { $words }
find-none = No complaint holds “{ $query }”. Try fewer words; with or without accents is all the same.
stage-filed = new
stage-recorded = being worked on
stage-resolved = resolved
stage-closed = closed
stage-dismissed = dismissed
agreed-alone-told = { $role } { $name } agreed to what they wrote themselves in { $place }, since no other manager was there ([approvals] alone). The case file says so.
