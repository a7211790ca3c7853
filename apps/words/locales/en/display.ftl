# What the display's screen says. Read from five metres by somebody who stands by: few words.

display-title = Order here

## The code

display-how-to = Scan to order
display-qr = QR code that opens the menu of { $shop } on your phone
display-or-type = or type this at { $address }
display-places = { $count ->
    [one] { $count } place left
   *[other] { $count } places left
}
display-next-code = Next code in { $time }

## Instead of the code

display-starting = One moment
display-closed = Closed
display-closed-more = We take no new orders right now.
display-full = Back in a moment
display-full-more = All hands are busy. The code returns as soon as a drink is done.
display-used-up = Next code in { $time }
display-used-up-more = All places of this code are taken.
display-changing = New code coming …
display-stale = One moment
display-stale-more = This screen has lost its connection. Please order at the counter.
# Before the first connection, under the time since when there is none.
display-before = This screen keeps trying. Until then, please order at the counter.

## The boards

display-preparing = Preparing
display-ready = Ready
display-preparing-none = Nothing in the making
display-ready-none = Nothing on the counter
display-page = Page { $page } of { $pages }
display-wait = { $low ->
    [0] Under { $high } min wait
   *[other] { $low }–{ $high } min wait
}
display-called = Now ready: { $tickets }
display-sound-on = Sound on
display-sound-off = Sound off

## Coming in

display-enter-wait = Letting this screen in …
display-enter-none-title = This screen is not signed in
display-enter-none-body = A manager lets it in.
display-enter-used-title = This link has been used
display-enter-used-body = Each link works once, on one screen. Ask the manager for a new one, or run this command beside the server:
display-enter-expired-title = This link has expired
display-enter-expired-body = Ask the manager for a new one, or run this command beside the server:
display-enter-bad-title = This link does not work
display-enter-bad-body = Perhaps a part of it is missing. Open it again, or ask the manager for a new one. Beside the server, this command makes one:
display-enter-offline-title = The server cannot be reached
display-enter-offline-body = The link is not lost. This screen keeps trying.
display-enter-ended-title = This screen was signed out
display-enter-ended-body = A manager lets it in again.

## The session does not reach any more

display-locked-title = This screen may not show the shop
