# Words of /desk health: how the desk is doing, what is wrong, what cures it.

health-well = ✓ All is well: connected to Discord since { $since }, no message is stuck, no reminder is late, the database works.
health-heading = **How the desk is doing**
health-connected = ✓ Connected to Discord since { $when }.
health-disconnected = ✗ Not connected to Discord since { $when }: nothing is heard meanwhile.
health-letters-none = ✓ No message waits to be sent.
health-letters-waiting =
    { $count ->
        [one] { $mark } { $count } message waits to be sent, since { $when }.
       *[other] { $mark } { $count } messages wait to be sent, the oldest since { $when }.
    }
health-stuck = ✗ { $count } of them did not get through so far. { $why }
health-given-up = ✗ Given up within the last seven days: { $count }. { $why }
health-timers-fine = ✓ No reminder is late.
health-timers-late = ✗ Late reminders: { $count }, the oldest was due { $when }. They are sent as soon as the cause is mended.
health-database = ✓ The database works: { $size }, it answered in { $latency } ms.
health-trouble = ✗ Since { $when }: { $what }
health-past-heading = Over by now:
health-past = { $when }, for { $duration }: { $what }
trouble-gateway = Not connected to Discord's gateway. Whoever runs the program should see whether Discord is reached from that machine.
trouble-worker = The part { $name } of the program does not move. If it does not mend itself, the program should be restarted.
trouble-database-full = The database has no room left: nothing can be saved. Disk space must be freed or added.
trouble-database-locked = Another program holds the database: nothing can be saved. That program must be ended.
trouble-database-read-only = The database may only be read: nothing can be saved. Its file's and folder's permissions, or the server's role, must be put right.
trouble-database-unreachable = The database does not answer: nothing can be saved. Whoever runs it should see whether it is up and reached.
trouble-database-failing = The database cannot read or write its files: nothing can be saved. The disk should be looked at.
trouble-database-moved = The database file was moved, deleted or replaced while the program ran: nothing can be saved. It must be put back, or the program restarted on the right file.
trouble-files = Files cannot be kept in { $place }: customers' photos are not taken. Whoever runs the program must make that folder writable, or free disk space.
trouble-loose = Others on that machine may look into { $place } (mode { $mode }). It is put right with: chmod { $wanted } { $place }
trouble-token = This program may not send to Discord: the bot's token was refused. A new DISCORD_TOKEN and a restart are needed.
trouble-clock = The clock of that machine is more than a day away from Discord's: nothing is erased for now. It must be set right (timedatectl set-ntp true); everything then goes on by itself.
stuck-permission = I may not write there: `/desk setup` shows which permission is missing. Once I may, it goes on by itself.
stuck-gone = The channel, thread or message is not there any more: put it back, or set another channel with `/desk setup`.
stuck-token = Discord refused the bot's token: set a new DISCORD_TOKEN and restart.
stuck-slow = Discord was not reached in time, or its limits hold: it goes on by itself.
stuck-refused = Discord did not take it: { $why }.
stuck-other = The program's log holds the reason. See `/desk setup` for what is missing.
