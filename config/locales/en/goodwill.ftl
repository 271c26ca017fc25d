# Goodwill: given on top once the matter is handled.
file-goodwill = Goodwill
file-goodwill-by = Number, by
file-post-goodwill = something given on top
file-word-goodwill = goodwill
file-fact-goodwill-drafted = Goodwill wanted
file-fact-goodwill-given = Goodwill given
file-fact-goodwill-turned-down = Goodwill turned down
command-case-goodwill = goodwill
command-case-goodwill-about = Give something on top once the matter is handled, within the month's budget
goodwill-voucher = a voucher
goodwill-gift = a gift
goodwill-free-service = free service
goodwill-named = { $kind } worth { $value }
goodwill-drafted = 🎁 { $name } gives the customer { $named }:
goodwill-waits = The customer has not been told. It waits for { $role } to agree, other than whoever gives it.
goodwill-waits-for = { $role } Something to be given waits for your agreement: { $place }
goodwill-agree-button = Agree and send
goodwill-turn-down-button = Do not give it
goodwill-agreed = { $name } agreed; it goes to the customer.
goodwill-agreed-alone = { $name } agreed to their own, since this desk has no other manager; the case file says so. It goes to the customer.
goodwill-covered = Within authority; it goes to the customer.
goodwill-turned-down = { $name } decided not to give it. The customer was told nothing.
goodwill-left = Left of this month's goodwill: { $left }.
customer-goodwill =
    Complaint **#{ $number }**: we would like you to have { $named }.
    { $text }
    It is yours whatever you think of us; nothing is asked for it.
    — { $name }
refusal-no-goodwill = This desk does not give { $kind }; see [goodwill] in the configuration.
refusal-goodwill-early = The matter itself comes first. Resolve it, then give; if the customer has just said that it is not fixed, open it again and go on.
refusal-goodwill-for-rating = The words speak of a rating. Nothing is given for a rating; take that out and send it again.
refusal-goodwill-enough = This complaint has had what one gets ({ $limit }). If it was not sent yet, a manager presses *Do not give it*, and you write it anew.
refusal-goodwill-budget = Only { $left } of this month's goodwill is left.
