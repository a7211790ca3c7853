# Changing hands at one tablet, by PIN.

hands-button-full = { $name } is at this tablet. Change
hands-title = Who is at this tablet?
hands-nobody = No colleague has set a PIN yet.
hands-pin = PIN of { $name }
hands-come-in = Go on
hands-others = Somebody else
hands-offline = Without a network, only those can come in who have typed their PIN on this tablet since it was opened.
hands-lock = Lock this tablet
hands-set-pin = Set your PIN
hands-change-pin = Change your PIN
hands-set-hint = With a PIN you can take over at any tablet of the shop, and each tap goes under your own name.
hands-current-pin = Your PIN now
hands-new-pin = New PIN
hands-pin-hint = Four to six digits. Forgotten? A manager can take it away, and you set another.
hands-keep-pin = Keep this PIN
hands-locked = This tablet is locked
hands-locked-hint = Orders go on meanwhile. Who has no PIN comes in by a link from the manager.
hands-waits = { $count ->
    [one] A tap by { $name } waits for the network.
   *[other] { $count } taps by { $name } wait for the network.
}
