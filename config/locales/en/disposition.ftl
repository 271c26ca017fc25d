# Refused with a reason, withdrawn, merged: how a complaint ends without being put right.

refuse-title = Refuse, with the reason
refuse-reason = Reason (the customer reads it)
refuse-reason-hint = What was checked, what came of it, why what they hope for cannot be done
refuse-basis = On what basis (law, term of contract)
refuse-basis-hint = Required towards a vulnerable customer
refuse-recourse = What the customer can still do
recourse-draft = If you do not agree, press the button below or write here, and a manager will look at it again. You may also turn to the consumer protection authority where you live.
refusal-drafted = ✋ { $name } wrote a refusal:
refusal-basis = Basis: { $basis }
refusal-waits = The customer has not been told. A manager other than the writer must agree.
next-refusal = Waiting for a manager to look at the refusal
refusal-waits-for = { $role } A refusal waits for your agreement: { $place }
refusal-agree-button = Agree and send
refusal-agreed = { $name } agreed; the refusal goes to the customer, who has 14 days to object.
refusal-agreed-alone = { $name } agreed to their own, since this desk has no other manager; the case file says so. The refusal goes to the customer, who has 14 days to object.
refusal-returned =
    ✎ { $name } wants the refusal changed:
    { $text }
refusal-objected = **{ $name }** does not agree with the refusal:
refusal-objected-for = { $role } The customer does not agree with the refusal: { $place }
customer-refused =
    Complaint **#{ $number }**: we are sorry, we cannot do what you hoped for. This is why:
    { $body }
    — { $name }
object-button = I do not agree
object-label = What do you not agree with?
objection-heard = Complaint **#{ $number }** is open again and a manager has been told. Somebody will answer you here. Thank you for saying so.

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

promise-released = no longer applies
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
