# Words for staff and managers.

card-title = #{ $number } · { $customer }
card-overdue = Overdue · { $title }
card-wish = What they hope for
card-contact = Contact
card-earlier = Earlier complaint
card-rating = Rating
card-contact-button = Show contact
contact-shown = Contact of #{ $number }: { $contact }
card-category = Category
card-unclassified = Unclassified
card-unclassified-suggested = Unclassified (perhaps: { $category })
card-severity = Severity
card-owner = Owner
card-no-owner = Nobody yet
card-line = Line to the customer
line-direct = Direct messages
line-thread = Private thread { $channel }
line-closed = Out of reach: direct messages are closed
line-gone = Out of reach: the customer has left the server
line-refused = Direct messages
card-deadlines = Deadlines
deadline-running = { $clock }: { $when } ({ $relative })
deadline-met = { $clock }: done
deadline-missed = { $clock }: overdue since { $when }
card-source = Written { $since } · { $source }
source-form = by form
source-direct = by direct message
source-logged = by phone or in person, written down by staff
source-unsent = by direct message, filed since it was not sent
card-gift = The customer took the time to tell us this.
card-more = … (all of it in the thread)
card-files =
    { $count ->
        [one] { $count } file
       *[other] { $count } files
    }
card-pick-category = Classify the complaint
next-claim = Press Claim so that somebody has it, then read it and press “I have read it”
next-waiting = Wait for the customer; their message ends the wait
next-reply = Answer the customer
next-work = Work on it, then tell the customer the outcome
next-rating = Wait for the customer's rating
next-none = Nothing is left to do
claim-button = Claim
reply-button = Reply
resolve-button = Resolve
severity-low = Low
severity-normal = Normal
severity-high = High
severity-critical = Critical
thread-words = **The customer's words** ({ $part }/{ $parts })
thread-made-anew = The earlier thread of complaint #{ $number } was deleted, so I opened this one. The case file is whole: `/case show`.
card-moved = The thread of complaint #{ $number } was deleted; it goes on in { $thread }.
thread-wish = **What they hope for**

customer-wrote = **{ $name }** writes:
customer-wrote-unread = **{ $name }** wrote in the private thread; Discord keeps the words from me. Open the private thread to read them.
customer-wrote-files = 📎 { $files }
customer-edited = **{ $name }** changed a message; it says:
    { $text }
customer-deleted = **{ $name }** deleted a message. The earlier words stay in the case file.
message-moved-new = **{ $name }** says that their last message is a new matter.
message-moved = **{ $name }** says that the last message belongs to complaint #{ $to }; it was moved there.
message-moved-ends = This complaint has ended again as before: nothing else waits here.
reply-delivered = ✓ delivered
reply-undelivered = ✗ not delivered: { $why }
reply-on-its-way = … on its way; this thread will say when it has arrived
reply-record = **{ $name }** answered the customer:
    { $text }
    { $state }
reply-files = 📎 { $files }
reply-title = Reply to the customer
reply-label = Message
resolve-title = Resolve
resolve-label = Outcome for the customer

line-moved = The customer's direct messages are closed. From here on we talk in { $channel }; nothing changes in how you answer.
line-in-thread = We talk to the customer in { $channel }.
line-lost = There is no way to the customer: { $why }. If there is a contact number, please call.
rated = **{ $name }** gave { $stars }.
fixed-told-yes = **{ $name }** confirms that it is fixed. The complaint is closed.
fixed-told-partly = **{ $name }** says that it is partly fixed. Please ask what is left.
fixed-told-no = **{ $name }** says that it is not fixed.
word-told = **{ $name }** adds:
    { $text }
low-rating = { $role } { $thread } was rated { $stars }. Handled by { $handler }. Somebody should call or write to the customer today.
not-fixed = { $role } { $thread }: the customer says that it is not fixed. Somebody should call or write to them today.
reopened-by = { $name } opened it again: { $reason }
reopened-by-customer = **{ $name }** opened the complaint again and waits for an answer.
closed-by-silence = The customer said nothing more; the complaint is closed. They can still open it again for 7 days.

claimed = Complaint #{ $number } is yours. { $next }
claimed-next = { $clock }: due { $relative }.
assigned = Complaint #{ $number } goes to { $owner }.
classified = #{ $number }: { $category } · { $severity }
noted = 📝 **{ $name }** notes for the case file:
    { $text }
resolved = Resolved #{ $number }: { $outcome }
resolved-held = The outcome goes to the customer at once; the question for the rating waits until { $when } (these are quiet hours).
reopened = Complaint #{ $number } is open again.
dismissed = Complaint #{ $number } is dismissed: { $reason }.
list-heading = { $filter } ({ $count })
list-empty = { $filter }: no cases.
list-line = { $thread } · { $customer } · { $category } · { $due } · { $owner }
list-more =
    { $count ->
        [one] … and { $count } more
       *[other] … and { $count } more
    }
filter-mine = Mine
filter-unowned = Unowned
filter-due = Due soon
filter-waiting = Customer waiting
filter-all = All

setup-heading = The desk
setup-set = ✓ { $what }: { $value } ({ $source })
setup-from-file = from the file
setup-from-command = from /desk setup
setup-default = default
setup-missing = ✗ { $what }: not set. { $cure }
setup-not-permitted = ✗ In { $channel } I lack: { $permissions }. Open the channel's settings → Permissions → my role → allow these, or invite me again with the link below.
setup-ready = The desk is ready. Use `/desk panel` to post the button.
setup-not-ready = The desk is not ready: see the ✗ above.
setup-invite = Invite link with everything needed: { $link }
setup-desk-channel = Desk channel
setup-intake-channel = Intake channel
setup-manager-channel = Manager channel
setup-staff-role = Staff role
setup-manager-role = Manager role
setup-head-office-role = Head office role
setup-locale = Language
setup-time-zone = Time zone
setup-cure = Use `/desk setup` with `{ $option }`.
panel-posted = The button is posted in { $channel }.
setup-line = Line to the customer
setup-name = Name of the server
setup-none = not set
setup-changed = ⚙ { $role } { $name } changed the desk's set-up:
setup-changed-line = • { $what }: { $old } → { $new }
setup-changed-by = { $when } · { $name }:
card-about = About a colleague
card-about-said = { $names }: they do not handle it
about-marked = ✓ #{ $number } is about { $name }: from here on they do not handle it; managers are told.
about-cleared = ✓ #{ $number } is not about { $name }.
about-told = ⚠ { $role } The customer complains about { $name }: { $place }. { $name } does not handle it; please find somebody else.
about-told-by = ⚠ { $role } { $by } says that { $place } is about { $name }. { $name } does not handle it; please find somebody else.
about-perhaps = { $role } { $place } may be about { $name }. Please look; if it is, press the button, and they will not handle it.
about-rating-word = The customer added to the rating of { $place } (not shown in the thread, since it is about a colleague):
about-button = Yes, about them
about-not-button = Not about them
setup-refused = Nothing was changed:
faults-told = ⚠ { $role } Something is wrong with the desk's set-up; please see to it at once:
fault-same-channel = { $what } { $place } is the intake channel as well: customers would read what staff say. Choose another one with `{ $option }` or `intake-channel`.
fault-public = { $what } { $place }: everybody on the server sees it. Open the channel's settings → Permissions → @everyone → deny View Channel, or choose another one with `{ $option }`.
fault-seen-by = { $what } { $place }: { $other } sees it, too.
fault-channel-gone = { $what }: the channel was deleted or is none. Choose another one with `{ $option }`.
fault-channel-unknown = { $what } { $place }: Discord could not be asked about it just now. Try again in a few minutes.
fault-no-text-channel = { $what } { $place } is no text channel of this server. Choose another one with `{ $option }`.
fault-role-as-channel = { $what }: { $place } is a role and no channel. Choose a channel with `{ $option }`.
fault-everyone = { $what } is @everyone: every customer has it. Choose another role with `{ $option }`.
fault-role-gone = { $what }: the role was deleted or is none, so nobody has it. Choose another one with `{ $option }`.
fault-role-of-bot = { $what } { $place } is a bot's own role and cannot be given to anybody. Choose another one with `{ $option }`.
fault-roles-unknown = Discord could not be asked about the roles just now. Try again in a few minutes.
owner-left-told = { $role } { $name } no longer has the staff role, so nobody looks after { $place }. Please have somebody claim it.

# What comes with a message and cannot be written down as words.
extra-forwarded = ↪️ Forwarded from elsewhere; these are not the customer's own words.
extra-sticker = 🏷️ A sticker: { $name }
extra-poll = 📊 A poll: { $question } ({ $answers })
extra-voice = 🎙️ A voice message of { $seconds } s.
extra-activity = 🎮 An invitation: { $name }
extra-not-received = 📎 { $name }, { $size }, not received.
extra-file-not-received = 📎 A file, not received.
extra-other = ❔ Something that cannot be shown here.
