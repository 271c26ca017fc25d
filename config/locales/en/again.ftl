# Words for asking again: something new that whoever pressed has not seen, or words that could not be sent. Nobody types twice.

refusal-unseen = Nothing was done yet: since you opened this, there is news in the complaint.
refusal-several = Not yet, because:
unseen-wrote = { $when } · **{ $name }** wrote:
unseen-edited = { $when } · **{ $name }** changed a message to:
unseen-deleted = { $when } · **{ $name }** deleted a message.
unseen-chose = { $when } · **{ $name }** chose an option.
unseen-reopened = { $when } · **{ $name }** reopened the complaint.
unseen-withdrew = { $when } · **{ $name }** withdrew the complaint.
unseen-replied = { $when } · **{ $name }** answered the customer:
unseen-asked = { $when } · **{ $name }** asked the customer:
unseen-promised = { $when } · **{ $name }** promised the customer:
unseen-moved = { $when } · **{ $name }** moved a promise:
unseen-kept = { $when } · **{ $name }** marked a promise as kept.
unseen-proposed = { $when } · **{ $name }** proposed:
unseen-sent = { $when } · **{ $name }** sent the customer the options.
unseen-resolved = { $when } · **{ $name }** told the customer the outcome:
unseen-refused = { $when } · **{ $name }** refused or closed the complaint.
unseen-gave = { $when } · **{ $name }** gave the customer something on top.
unseen-customer = The customer
again-written = What you wrote:
again-send = Send all the same
again-do = Do it all the same
again-open = Open again
again-say = Send as a message
again-times = Choose the time for “{ $written }” and it is sent, with nothing typed again:
settled-claimed = ✋ { $name } takes it.
