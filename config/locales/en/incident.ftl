# Words about incidents, for staff, managers and head office. The line for customers stands in playbooks/.

incident-time =
    { $time } on { $day } { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
incident-title = Incident #{ $number } · { $title }
incident-version = version { $version }
incident-waiting = ⏳ **WAITING FOR APPROVAL**: written by { $name } { $when }. Not for customers yet.
incident-approved = ✅ **APPROVED** by { $name } { $when }.
incident-superseded = ⛔ **SUPERSEDED, DO NOT USE**: version { $version } stands in its place.
incident-over = 🏁 **OVER**: from { $from } to { $to }. Do not use these words any more.
incident-over-unsince = 🏁 **OVER** { $to }. Do not use these words any more.
incident-replaces = This version replaces all earlier ones.
incident-line = Line for customers
incident-line-vi = Line for customers, Vietnamese
incident-line-en = Line for customers, English
incident-news = What is new
incident-known = Known
incident-unknown = Not known yet
incident-doing = What we do
incident-customer-can = What the customer can do now
incident-never-say = Never say
incident-empathy = Empathy (choose, fit it to the customer's matter, send it under your own name)
incident-questions = Questions that make it clear
incident-options = Options for the customer
incident-option = { $text } ({ $approver })
incident-more = { $field } (continued)
incident-cut = … more in the playbook's file
approver-staff = staff decide
approver-manager = a manager approves
approver-head-office = head office approves
incident-escalation = Whom to call at once
incident-next-update = Next update
incident-request = { $role } The talking points of incident #{ $number } wait for approval. Read all of it, then press Approve; nobody uses them before.
incident-remind = { $role } Incident #{ $number } ({ $title }): customers were told that the next update comes at { $due } ({ $relative }). Use `/incident update`, even if there is nothing new.
approve-button = Approve

slot-area = Area, scope
slot-area-hint = For example: District 7 and Nhà Bè
slot-since = Since when
slot-since-hint = 17:30, 24/11 17:30, or 2 hours ago
slot-next-update = When the next update comes
slot-next-update-hint = 30 min, 17:30, or tomorrow 9am
slot-news = What is new
slot-news-hint = If there is nothing new, say just that
incident-form-declare = Declare: { $title }
incident-form-update = Update incident #{ $number }

slot-empty = “{ $slot }” is empty. Write it like: { $hint }.
slot-not-understood = “{ $slot }” is not understood: “{ $written }”. Write it like: { $hint }.
slot-not-past = “{ $slot }”: “{ $written }” is still to come (it is { $now } now). If it was an earlier day, add the date, like 24/11 17:30.
slot-not-future = “{ $slot }”: “{ $written }” has passed (it is { $now } now). Write a time to come, like 30m or 17:30.
slot-needs-date = “{ $slot }”: “{ $written }” has passed today (it is { $now } now). If it is tomorrow, say so, like: tomorrow { $written }.
slot-needs-hour = “{ $slot }”: “{ $written }” names no hour. Add one, like tomorrow 9am or 17:30.
slot-two-times = “{ $slot }”: “{ $written }” may be { $first } or { $second }. Say whether morning or afternoon, and which day.
slot-too-far = “{ $slot }”: “{ $written }” is too far away. Write the whole date and time, like 25/11/2026 17:30; the next update comes within 30 days.
slot-too-long = “{ $slot }” has { $length } characters; the limit is { $limit }, so that the line for customers stays within 280.
slot-your-words = What you wrote, to copy:

incident-declared-waiting = Incident #{ $number } is declared. Its talking points wait for head office in { $channel }; next update: { $next }.
incident-declared-approved = Incident #{ $number } is declared. Its talking points go to { $channel } and into the threads it concerns; next update: { $next }.
incident-updated-waiting = Version { $version } of incident #{ $number } is written. It waits for head office in { $channel }; until then the one in use holds. Next update: { $next }.
incident-updated-approved = Version { $version } of incident #{ $number } goes to { $channel } and into the threads it concerns; earlier versions are void. Next update: { $next }.
incident-unpromised = not promised
incident-resolved = Incident #{ $number } is over. No customer is told its line any more. The complaints stay open: ask each customer whether it is fixed before you close one.

incident-list = 📋 **{ $title }**: { $count } complaints wait in this list, the longest since { $since }. Their customers were told the approved line. Press to open them: each gets a card and a thread.
incident-list-empty = 📋 **{ $title }**: nobody waits in this list any more.
list-open-one = Open the longest waiting
list-open-many = Open { $count }
list-opened = { $count } opened; their cards will show in this channel.
