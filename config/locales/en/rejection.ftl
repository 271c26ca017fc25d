# The rejection of a complaint, with the reason and what can be done against it.
file-refusals = Refusals
file-refusal = Number, by
file-basis = Basis
file-recourse = What they can do
file-post-refused = refusal
file-word-refusal = written refusal
file-fact-refusal-drafted = Refusal written
file-fact-refusal-returned = Change of a refusal asked for
file-fact-refusal-agreed = Refusal agreed to
file-fact-refusal-objected = The customer objects
command-case-refuse = refuse
command-case-refuse-about = Refuse with a written reason, once another manager agrees (tu choi)
nudge-do-refusal = The refusal has to reach the customer with its reason by then.
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
refusal-no-basis = This customer is vulnerable: a refusal must name the law or the term of the contract it rests on.
