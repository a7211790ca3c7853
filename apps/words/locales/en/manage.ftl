# What the manager's area says, and an organiser's list of shops.

## The area

manage = Manage
manage-title = Manage the shop
manage-back = Back to orders
manage-tabs = Parts of the shop
manage-staff = Staff
manage-devices = Devices
manage-shop = Shop
manage-menu = Menu
manage-orders = Orders
manage-rules = Rules
manage-save = Save settings
manage-saved = Saved.
# What a button does, for screen readers: "Remove: Ada".
manage-of = { $what }: { $name }

## Staff

manage-invite = Invite somebody
manage-invite-name = Name
manage-invite-role = Role
manage-invite-do = Invite
manage-invite-hint = You get a link to pass on. It signs in one device, once. Baristas work the queue; managers also see this page.
manage-people = Who works here
manage-unnamed = Somebody
manage-role-barista = Barista
manage-role-manager = Manager
manage-role-organiser = Organiser
manage-person-you = This is you
manage-person-in = Has signed in
manage-person-another = Has signed in; another link waits
manage-person-invited = Invited, not signed in yet
manage-person-expired = Never signed in; the link has expired
manage-promote = Make manager
manage-demote = Make barista
manage-relink = New link
manage-clear-pin = Take PIN away
manage-remove = Remove
manage-remove-title = Remove { $name }?
manage-remove-body = Every device they are signed in on is signed out at once, and their links stop working. Orders they made stay in the history.
manage-remove-yes = Remove
manage-remove-no = Keep
manage-link-title = A link for { $name }
manage-link-body = { $hours ->
    [one] { $name } scans this code or opens the link, within { $hours } hour. It works once, on one device, and is not shown again.
   *[other] { $name } scans this code or opens the link, within { $hours } hours. It works once, on one device, and is not shown again.
}
manage-link-qr = A code to scan, with { $name }’s link
manage-link-done = Done

## Devices

manage-pair = Let in a device
manage-pair-code = Code on its screen
manage-pair-name = Barista’s name (for a tablet)
manage-pair-do = Let in
manage-pair-hint = Read the code from the device itself. A code that somebody sent you may be a stranger’s.
manage-paired-display = The display comes in within a few seconds.
manage-paired-tablet = The tablet comes in within a few seconds.
manage-devices-in = Devices that are signed in
manage-reread = Refresh
manage-device-display = Display
manage-device-tablet = Tablet
manage-device-this = This device
manage-device-now = In use
manage-device-minutes = Last used { $minutes } minutes ago
manage-device-hours = Last used { $hours } hours ago
manage-device-end = Sign out
manage-device-end-title = Sign out { $name }?
manage-device-end-body = The device shows nothing more at once. To come back, it needs a new link or code.
manage-device-end-yes = Sign out
manage-device-end-no = Keep

## The shop

manage-settings = How the shop works
manage-setting-number = This is not a whole number.
manage-setting-range = From { $low } to { $high }.
manage-setting-range-day = From 1 to { $high }; 0 is no limit.
manage-setting-name = Name of the shop
manage-setting-name-hint = As guests read it, 1 to 60 characters.
manage-setting-languages = Languages
manage-setting-languages-hint = Best first, as en, pt-BR.
manage-setting-capacity = Most orders in progress
manage-setting-per-customer = Most open orders of one guest
manage-setting-per-day = Most orders of one guest a day
manage-setting-code-places = Orders that one code admits
manage-setting-rotation = A new code every
manage-setting-grace = An old code still works for
manage-setting-submit = Time to choose
manage-setting-make = Time to make a drink
manage-setting-collect = Time on the counter
manage-setting-undo = A tap can be undone for
manage-setting-silent = A tablet counts as silent after
manage-setting-offset = Local time, east of UTC
manage-setting-names-kept = Guests' names are kept for
manage-setting-sign-in = Who may order
manage-setting-sign-in-guest = Anyone who scanned the code
manage-setting-sign-in-verified = Only who signed in by one-time code
manage-unit-seconds = seconds
manage-unit-minutes = minutes
manage-unit-days = days
manage-unit-orders = orders
manage-tickets = Ticket numbers
manage-tickets-body = Start again from 1, for a new day. No order may be open.
manage-tickets-do = Start from 1
manage-tickets-ask = Start ticket numbers from 1?
manage-tickets-no = Go on counting
manage-tickets-done = The next ticket is number 1.

## The menu

manage-drinks = Drinks
manage-drink-name = Name of the drink
manage-drink-new = Another drink
manage-drink-groups = What { $name } asks for
manage-group-of = Choice: { $name }
manage-group-name = Name of the choice
manage-option-name = Name of the option
manage-option-new = Another option of { $group }
manage-add = Add
manage-up = Up
manage-down = Down
manage-take-off = Take off
manage-save-menu = Save menu
manage-table = The menu as a table
manage-table-hint = For a spreadsheet: copy it out, change it there, paste it back. It becomes the menu above once you use it, and the shop’s once you save.
manage-table-show = Show the table
manage-table-use = Use this table
manage-table-text = The table, comma-separated
manage-table-used = The table is the menu above. Save it to sell it.
# Where the table is wrong: "This table is no menu. (line 3, column id)"
manage-table-wrong = { $why } ({ $place })

## The orders

orders-alive = In progress
orders-none-alive = No order is in progress.
orders-over = Ended
orders-none-over = There is no such order.
orders-search = Ticket or order
orders-search-do = Find
orders-ending = How it ended
orders-ending-any = However it was
orders-ending-cancelled-by-customer = Cancelled by the guest
orders-ending-cancelled-by-barista = Cancelled by us
orders-ending-timed-out-by-customer = Timed out: nothing ordered
orders-ending-timed-out-by-barista = Timed out: not made
orders-more = Show more
orders-journey = Journey
orders-no-ticket = No number yet
orders-age = { $time } old
orders-stuck = Stuck
orders-stuck-hint = { $count ->
    [one] An order should have timed out and has not. Ask whoever runs the server to look at its log.
   *[other] { $count } orders should have timed out and have not. Ask whoever runs the server to look at its log.
}

## Rules of the event bus

rules-title = What goes out
rules-none = Nothing goes out yet. A rule below tells another service what happens here.
rules-on = On
rules-off = Off
rules-waiting = { $count } on the way
rules-dead = { $count } given up
rules-target-log = The server’s log
rules-enable = Switch on
rules-disable = Switch off
rules-edit = Change
rules-delete = Delete
rules-delete-title = Delete { $name }?
rules-delete-body = What was still on its way is not sent, and what was given up is gone.
rules-delete-no = Keep
rules-put = A rule
rules-put-do = Put in place
rules-name = Name
rules-name-wrong = A name has small letters, digits and dashes, up to 32.
rules-url = Address to call (https)
rules-pattern = Which events (a pattern, JSON)
rules-pattern-hint = EventBridge’s language, for example: { $example } A rule of the same name is replaced.
rules-secret-title = The rule’s secret
rules-secret-body = The other service checks by it that a call is yours. Copy it now: it is not shown again.
rules-secret-done = I have it
rules-dead-look = Given up
rules-dead-title = What { $name } gave up
rules-dead-body = These were not taken, and are kept until they are sent again.
rules-dead-none = Nothing is given up.
rules-tries = { $count ->
    [one] { $count } try
   *[other] { $count } tries
}
rules-redrive = Send again
rules-redrive-all = Send all again
rules-redriven = { $count } on the way again.

## An organiser

organiser-title = Your shops
organiser-none = There is no shop yet. Make the first one below.
organiser-other = Other shop
organiser-new = A new shop
organiser-new-address = Address
organiser-new-hint = Guests’ links end in the address: small letters, digits and dashes, up to 32. It stays as it is; the name can change.
organiser-new-address-wrong = An address has small letters, digits and dashes, up to 32.
organiser-new-do = Make the shop
