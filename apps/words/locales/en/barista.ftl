# What the barista's screen says.

## The page

# In the browser's tab: how many orders are to be made or being made.
barista-title-orders = ({ $count }) { $shop }
barista-lanes = Lanes

## The header

barista-open = Open
barista-closed = Closed
barista-do-open = Open shop
barista-do-close = Close shop
barista-menu = Menu
barista-choosing = { $count ->
    [0] Nobody is choosing
   *[other] { $count } choosing
}
barista-sound-on = Sound on
barista-sound-off = Sound off
barista-sound-toggle = Sound for new orders
barista-news = { $count ->
    [one] A new order
   *[other] { $count } new orders
}

## Closing asks first

barista-close-title = Close the shop?
barista-close-body = { $count ->
    [0] No order is open. Nobody can start one until you open again.
    [one] { $count } order is still open and stays. Nobody can start a new one until you open again.
   *[other] { $count } orders are still open and stay. Nobody can start a new one until you open again.
}
barista-close-yes = Close the shop
barista-close-no = Stay open

## Signing out asks first

barista-leave = Sign out
barista-leave-title = Sign out { $name }?
barista-leave-title-unnamed = Sign out?
barista-leave-body = Everybody who came in at this tablet is signed out here. To come back, it needs a new link or code from the manager.
barista-leave-waiting = { $count ->
    [one] { $count } tap was not sent yet. It stays on this tablet, and goes out only when you sign in here again.
   *[other] { $count } taps were not sent yet. They stay on this tablet, and go out only when you sign in here again.
}
barista-leave-no = Stay signed in

## Another tab works

barista-elsewhere-title = You work in another tab
barista-elsewhere-body = Only one tab of this browser works at a time, so that no tap is lost or sent twice.
barista-elsewhere-here = Work here

## Lanes

barista-lane-to-make = To make
barista-lane-making = Making
barista-lane-ready = Ready
barista-empty-to-make = Nothing to make. New orders appear here.
barista-empty-making = Nobody is making anything. Start an order on the left.
barista-empty-ready = The counter is empty. Finished drinks wait here.
barista-empty-closed = The shop is closed. Open it, and orders appear here.
barista-orders = { $count ->
    [0] No orders
    [one] { $count } order
   *[other] { $count } orders
}

## Cards

barista-card = Order { $ticket }
barista-for = for { $name }
barista-mine = You have it
barista-theirs = { $name } has it
barista-theirs-unnamed = A colleague has it
barista-mine-unsent = Yours, but not sent yet
barista-mine-unsure = It was yours; a colleague may have taken it over
barista-silent = { $name }’s tablet is silent
barista-silent-unnamed = A colleague’s tablet is silent
barista-waited-now = Just now
barista-waited = { $minutes } min
barista-left = { $time } left
barista-due-soon = Due soon, { $time } left
barista-due-now = Hurry, { $time } left
barista-overdue = Time is up
barista-on-counter = { $minutes ->
    [0] Just now
   *[other] Waiting { $minutes } min
}
barista-swept-in = Cleared in { $time }
barista-time-minutes = { $count } min
barista-time-seconds = { $count } s

## Verbs: on the button, and in full for those who hear it

barista-claim = Start
barista-unclaim = Give back
barista-takeover = Take over
barista-complete = Ready
barista-collect = Handed over
barista-cancel = Cancel
barista-claim-full = Start order { $ticket }
barista-unclaim-full = Give back order { $ticket }
barista-takeover-full = Take over order { $ticket }
barista-complete-full = Order { $ticket } is ready
barista-collect-full = Order { $ticket } was handed over
barista-cancel-full = Cancel order { $ticket }

## Cancelling asks why

barista-journey = The journey of order { $ticket }
barista-cancel-title = Why cancel order { $ticket }?
barista-cancel-body = The customer is told at once.
barista-cancel-body-offline = There is no connection: the customer is told when it is back.
barista-cancel-keep = Keep the order

## Undo

barista-undo-region = What you can undo
barista-did-claim = { $ticket } started
barista-did-unclaim = { $ticket } given back
barista-did-takeover = { $ticket } taken over
barista-did-complete = { $ticket } called as ready
barista-did-collect = { $ticket } handed over
barista-did-cancel = { $ticket } cancelled
barista-undo-full = Undo, order { $ticket }, { $seconds } seconds left
barista-undo = Undo ({ $seconds } s)
barista-no-ticket = Order without a number

## Taps that wait for the network

barista-waits = To be sent: { $deeds }
barista-take-back = Take back
barista-take-back-full = Take back the last tap on order { $ticket }
barista-strangers = { $count ->
    [one] A tap by { $name } was not sent. It goes out when { $name } signs in here again.
   *[other] { $count } taps by { $name } were not sent. They go out when { $name } signs in here again.
}
barista-strangers-unnamed = { $count ->
    [one] A tap by somebody else was not sent. It goes out when they sign in here again.
   *[other] { $count } taps by somebody else were not sent. They go out when they sign in here again.
}
barista-strangers-forget = Discard
barista-damaged = Some of what waited on this device could not be read and was not sent. Look at the orders again.
barista-before = { $count ->
    [0] The orders appear when it is back. This device keeps trying.
    [one] { $count } tap waits here and is sent when it is back, and the orders appear then.
   *[other] { $count } taps wait here and are sent when it is back, and the orders appear then.
}

## What was not done

barista-tab-note = Something here was not done

barista-note-cancelled-customer = The customer has cancelled it.
barista-note-cancelled-shop = It was cancelled by the shop.
barista-note-timed-out = Its time had run out.
barista-note-gone = It had been handed over or cleared away.
barista-note-taken-over = { $name } has it now.
barista-note-taken-over-unnamed = A colleague has it now.
barista-note-undo-offline = Undo needs a connection.
barista-note-too-many = Too many taps wait for the network already.
barista-note-too-old = It waited for the network for too long.
barista-note-not-done = Not done: { $deeds }.

## Keys

barista-keys = Keyboard shortcuts
barista-keys-switch = Single keys do something
barista-keys-digits = 1 to 9
barista-keys-pick = Go to a card of the lane
barista-keys-arrows = ← →
barista-keys-lane = Go to the lane beside it
barista-keys-undo = Undo the last
barista-keys-help = Show this

## Banners

barista-banner-closed = The shop is closed. Customers cannot start an order.
barista-banner-full = The shop is full. Customers are told to wait until an order is done.
barista-banner-stale = No connection since { $time }.
# Each of these stands after it.
barista-banner-go-on = Go on working: what you tap waits here and is sent when it is back.
barista-banner-waiting = { $count ->
    [one] { $count } tap waits and is sent when it is back.
   *[other] { $count } taps wait and are sent when it is back.
}
barista-banner-not-kept = Keep this page open: this device cannot store what you tap, and sends it when the connection is back.
barista-refused-offline = No connection, so nothing was sent. Try again when it is back.

## The menu's switches

barista-menu-title = What is available
barista-menu-hint = Customers see a change at once.
barista-menu-drinks = Drinks
barista-menu-on = On
barista-menu-off = Off
barista-menu-some-off = Menu ({ $count } off)

## Coming in

barista-enter-wait = Letting you in …
barista-enter-pair = Show a code instead
barista-enter-none-title = This tablet is not signed in
barista-enter-none-body = It needs a link for this tablet. Ask the manager for one, or run this command beside the server:
barista-enter-used-title = This link has been used
barista-enter-used-body = Each link works once, on one tablet. Ask the manager for a new one, or run this command beside the server:
barista-enter-expired-title = This link has expired
barista-enter-expired-body = Ask the manager for a new one, or run this command beside the server:
barista-enter-bad-title = This link does not work
barista-enter-bad-body = Perhaps a part of it is missing. Open it again from where you got it, or ask the manager for a new one. Beside the server, this command makes one:
barista-enter-offline-title = The server cannot be reached
barista-enter-offline-body = The link is not lost. Check the network and try again.
barista-enter-ended-title = This tablet was signed out
barista-enter-ended-body = To go on, ask the manager for a new link, or run this command beside the server:

## The session does not reach any more

barista-locked-title = The orders cannot be shown
