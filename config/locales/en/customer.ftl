# Words to customers. Automatic messages hold thanks, facts and published limits only; apologies, empathy and
# promises are written by a person, under their name.

panel =
    {"**"}{ $company } is listening**
    Something not right? Press the button below; a few lines are enough, it takes less than a minute.
    A person reads every complaint within { $within }. You can also send me a direct message.
panel-button = File a complaint
privacy = { $company } keeps only what you write and attach, to settle this complaint and as the case file that the law asks for; { $keep } after it is done it no longer leads to you. To see, export or erase it: /my-data.
privacy-short = Kept only to settle this complaint, for { $keep } after it is done.
form-title = File a complaint
form-words = What happened?
form-words-hint = In your own words. Since when, where, what.
form-wish = What would put it right?
form-contact = Contract or phone number
form-contact-hint = Optional. Only those who handle it can see it.

receipt =
    Thank you for telling us. Complaint **#{ $number }** is recorded.
    A person reads it within { $within }.
receipt-queue = At the moment { $count } complaints are waiting to be read, so the first answer may take longer than usual. None of them is lost.
receipt-incident = Many customers are affected by the same incident. Your complaint is on its list, and a person will open it.
receipt-follow-direct = The answer comes as a direct message from me; if you take none, I open a private thread for you here.
receipt-follow-thread = The answer comes in a private thread that only you and our staff can see.
receipt-again =
    Thank you. Complaint **#{ $number }** is recorded; a person reads it within { $within }.
    Write more here at any time: every word reaches our staff.
receipt-unsent =
    Thank you. What you wrote is recorded as complaint **#{ $number }**, so that nobody overlooks it; a person reads it within { $within }.
    Write more here at any time: every word reaches our staff.
file-left-behind = The file that came with it could not be fetched; please send it again as a direct message to me.
file-over-quota = 📎 We did not receive the file with it: your files have reached the limit of what we keep. Your words are recorded in full, and our staff know about the file.
language-other = Tiếng Việt

draft-shown =
    I received this from you:
    { $words }
draft-files =
    { $count ->
        [one] With { $count } file.
       *[other] With { $count } files.
    }
draft-desk = For: **{ $desk }**
draft-ask = Shall I file it as a complaint, so that a person reads and answers it?
draft-choose-desk = Which one is it meant for?
draft-send = Send
draft-drop = Not a complaint
draft-dropped = All right, nothing is recorded. Thank you. Write here whenever you need us.
draft-settled = Filed as a complaint.

signed =
    { $text }
    — { $name }
reply-heading = About complaint #{ $number }
outcome =
    Complaint **#{ $number }** has been settled:
    { $outcome }
rating-question = Could you take one minute to rate how I handled your complaint?
rating-later = Complaint **#{ $number }**, of which you were told the outcome before:
rating-from = — { $name }
rating-scale = 1 ★ very dissatisfied · 5 ★ very satisfied
rating-reminder = Complaint #{ $number }: if you have a moment, please tap the stars in the message above. This is the only reminder. Thank you.
rating-late = The rating of complaint #{ $number } is closed. Thank you.
ask-fixed = Thank you, { $stars } noted. Is it fixed?
fixed-yes = Yes
fixed-partly = Partly
fixed-no = No
thanks-fixed = Thank you. The complaint is closed; if something comes up within 14 days, reply to this message and it is open again.
thanks-partly = Thank you. Whoever handles it sees that it is only partly done; please add what is left.
thanks-not-fixed = Thank you for telling us. A manager is told at once. Press the button below to open the complaint again.
thanks-reopened = The complaint is open again. Whoever handles it is told at once; write more here at any time.
thanks-word = Your words have arrived.
reopen-button = Reopen
open-again = Thank you. Complaint **#{ $number }** is settled; if it is not fixed, press the button below.
open-again-button = Not fixed? Open again
word-button = Add a word
word-title = Add a word
word-label = Your words
customer-reopened = Complaint **#{ $number }** is open again and being worked on. Write more here at any time.
customer-closed = Complaint **#{ $number }** is closed, as we heard nothing more. Reply to this message within the next 7 days and it is open again. Thank you.
customer-dismissed = Complaint **#{ $number }** is closed: { $reason }. If that is not right, write here and a person will look at it.
reason-test = this was a test
reason-duplicate = this matter is being handled in another complaint of yours
reason-not-a-complaint = this is not a complaint
reason-spam = advertising
incident-told =
    About what you told us, this is the confirmed information:
    { $text }
    A person still reads your complaint on its own.
how-to-write = I see that you wrote, but I cannot read the words. Please press *Write to us*, or reply to one of my messages, so that they reach the right person.
write-button = Write to us
write-title = Write to us
write-label = Message
sorted = Your last message went to complaint **#{ $number }**. If it is about something else, press this button.
sorted-button = Another complaint
sorted-new = A new matter
sorted-choose = Which complaint does your last message belong to?
heard = Passed on to whoever handles complaint #{ $number }. Thank you.
private-thread-name = Complaint #{ $number }
private-thread-opened = { $customer } Your direct messages are closed, so every answer to complaint **#{ $number }** comes here. Only you and our staff can see this thread.
private-thread-preferred = { $customer } Every answer to complaint **#{ $number }** comes here. Only you and our staff can see this thread.
automatic = Automatic message

mine-none = You have no complaints here.
mine-heading = Your complaints
mine-line = **#{ $number }** · { $matter } — { $state }
state-filed = waiting to be read, { $when } at the latest
state-recorded = { $name } is on it
state-waiting = { $name } is on it, answer due by { $when }
state-resolved = settled
state-closed = closed
state-dismissed = closed, not a complaint
