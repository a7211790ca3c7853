# What the customer's phone says.

## At the door

which-shop-title = Which shop?
which-shop-text = Scan the code on a shop’s screen, or pick one that is open now.
no-shop-title = No shop here
no-shop-text = This address does not lead to a coffee shop. Scan the code on the shop's screen.
shop-open = Open
shop-full = Very busy
closed-title = { $shop } is closed
closed-text = No orders right now. This page wakes up by itself when the shop opens.
door-text = Scan the code on the shop's screen, and order from right here.
door-full = All hands are full. Stay here: we take orders again as soon as there is room.
wait-range = { $low ->
    [0] Under { $high } min
   *[other] About { $low }–{ $high } min
}
scan-code = Scan the code
type-code = Type the code
# The shop is full, so a scan will be refused unless there is room just now.
scan-anyway = Try a scan all the same
on-the-menu = On the menu
sold-out = Sold out

## Scanning and typing

camera-title = Scan the code
camera-picture = What the camera sees
camera-starting = Your phone may ask whether we may use the camera.
camera-looking = Point at the code on the shop's screen.
camera-found = Found it!
camera-long = Nothing found yet. Go a little closer, hold still, and avoid reflections. Or type the code that stands below it.
camera-not-ours = This is another code. Look for the one on the shop's screen.
camera-refused = We may not use the camera. Allow it in the settings for this page and try again, or type the code.
camera-missing = There is no camera we can use here. Type the code, or take it from a picture.
camera-busy = The camera is busy. Close other apps that use it and try again, or type the code.
camera-gone = The camera is gone. Plug it in and try again, or type the code.
camera-which = Camera
camera-number = Camera { $number }
picture-take = Take it from a picture
picture-reading = Looking at the picture …
picture-nothing = There is no code to be read in this picture. Take one from nearer, straight from the front, or type the code.
picture-not-ours = The code in this picture is not a shop's. Take one of the code on the shop's screen.
picture-none = This file is not a picture we can open. Choose a photo or a screenshot.
type-title = Type the code
type-text = It stands below the picture on the shop's screen.
code-label = Code, 10 letters and digits
code-wrong = That is not a whole code yet. It has 10 letters and digits.
code-go = Come in
scan-instead = Scan instead
starting-title = One moment …
starting-text = We are keeping a place for you.

## Refusals

refused-closed-title = The shop is closed
refused-closed-text = It takes no orders right now. Come back when it is open.
refused-full-title = All hands are full
refused-full-text = The shop has as many orders as it can make. Try again in a few minutes.
refused-used-up-title = This code is used up
refused-used-up-text = Others were quicker. Wait for the next code on the screen and scan that one.
refused-expired-title = This code has expired
refused-expired-text = The code on the screen changes every few minutes. Scan the one it shows now.
refused-unknown-title = This code is not for this shop
refused-unknown-text = Scan the code on this shop's screen, or check what you typed.
refused-already-title = You already have an order
refused-already-text = One at a time: finish that one first.
refused-daily-title = That was your last one for today
refused-daily-text = { $count ->
    [one] The shop makes { $count } drink a day for each of us. See you tomorrow!
   *[other] The shop makes { $count } drinks a day for each of us. See you tomorrow!
}
refused-offline-title = No connection
refused-offline-text = We could not reach the shop. Check your network, then try again. Your code is kept.
refused-other-title = That did not work
room-again = There is room again
show-my-order = Show my order
scan-new-code = Scan the new code
to-the-door = Back to the shop

## Choosing

order-within = Order within
leave = Leave
leave-title = Give up your place?
leave-text = Your place goes to somebody else.
leave-confirm = Give it up
menu-title = What would you like?
options-next = Continue
group-required = Required
group-missing = Please choose one of these.
group-single = Choose one, if you like
group-multiple = Choose any
drink-sold-out = This drink has just sold out. Go back and choose another.
review-title = Your order
change = Change
name-label = Name for the cup
name-hint = If you like. The barista sees it, the big screen does not.
place-order = Place order
order-for = For { $name }

## On its way

your-number = Your number
queued-title = You are in the queue
making-title = Your drink is being made
queue-now = It is your turn
queue-next = You are next
queue-ahead = { $count ->
    [one] { $count } drink before yours
   *[other] { $count } drinks before yours
}
steps = How far your order is
step-ordered = Ordered
step-making = Being made
step-ready = Ready
waiting-hint = Keep this page open. It rings when your drink is ready.
push-name = Alerts on this phone
push-native = We tell you when your drink is ready, even with this app out of sight, as long as it runs.
push-ask = Want to put your phone away? We can ring it when your drink is ready, even when it is locked.
push-ask-next = Your phone asks first whether this page may send notifications.
push-ask-button = Ring this phone
push-on = We ring this phone when your drink is ready, even when it is locked. You may close this page.
push-off-button = Do not ring
push-blocked = This page may not send notifications, so we cannot ring a locked phone. Keep this page open: it rings too. Or allow notifications in your browser's settings for this page.
push-home-screen = To be rung with your phone locked, put this page on your Home Screen (Share, then “Add to Home Screen”) and order from there next time. For now, keep this page open: it rings too.
push-unsupported = This browser cannot ring a locked phone. Keep this page open: it rings when your drink is ready.
push-failed = That did not work, so keep this page open: it rings too. You can also try again.
not-ready-after-all = Sorry, not ready after all. The barista took it back for a moment.
cancel-order = Cancel my order
cancel-title = Cancel your order?
cancel-text = You lose your place in the queue.
cancel-why = Why? It helps the shop.
cancel-confirm = Cancel my order
too-late-to-cancel = It is being made, so it cannot be cancelled here. Talk to the barista.

## Ready

ready-title = Your { $drink } is ready!
ready-title-plain = Your drink is ready!
ready-text = Pick it up at the counter and show your number.
ready-stays = It waits for you for

## Alerts on a locked phone

alert-ready-body = Number { $number }. Pick it up at the counter.
alert-not-ready-title = Not ready after all
alert-not-ready-body = The barista took number { $number } back for a moment. We tell you when it is ready.

## Over

ticket-was = Number { $number }
collected-title = Enjoy!
collected-text = Thanks for coming by.
swept-title = It waited for you
swept-text = Your drink was ready, and nobody came for it. Ask at the counter.
cancelled-by-you-title = You cancelled your order
cancelled-by-you-text = Nothing is being made. Come back whenever you like.
cancelled-by-shop-title = The shop cancelled your order
timed-out-you-title = Time ran out
timed-out-you-text = Nothing was ordered in time, so your place went to somebody else. Scan again to order.
timed-out-shop-title = We did not make it in time
timed-out-shop-text = Your drink was not made in time. Sorry! Please talk to the barista, or order again.
over-title = This order is over
over-text = Scan the code to order again.
lost-title = We lost sight of your order
lost-text = The shop does not find it any more, so this page cannot tell how far it is. If you are still waiting, please ask at the counter.
look-again = Look again
undo-cancel = I want it after all
order-again = Order again

## Earlier orders

history-open = My orders
history-title = My orders
history-empty-title = No orders yet
history-empty-text = Your first coffee will stand here.
history-more = Show more
history-journey = Journey
history-show = Show
history-nothing-chosen = Nothing chosen
was-choosing = Choosing
was-queued = In the queue
was-making = Being made
was-ready = Ready
was-collected = Collected
was-swept = Not collected
was-cancelled-by-you = Cancelled by you
was-cancelled-by-shop = Cancelled by the shop
was-timed-out-you = Not ordered in time
was-timed-out-shop = Not made in time

## Signing in and out

sign-in = Sign in
sign-in-title = Sign in
sign-in-text = We send you a code, and know you by it from then on. The shop does not see your number or address.
sign-in-why = Sign in to have your orders on every phone of yours.
sign-in-needed = This shop asks you to sign in before you order. Your place is kept meanwhile.
sign-in-number = Phone number, with its country
sign-in-mail = E-mail address
sign-in-by-mail = Use my e-mail address instead
sign-in-by-number = Use my phone number instead
sign-in-send = Send me a code
sign-in-digits-title = Type the code
sign-in-digits-text = If { $to } is right, a code is there in a moment. It is good for 5 minutes.
sign-in-digits = Code, 6 digits
sign-in-go = Sign in
sign-in-again = Send another code
sign-in-again-in = { $seconds ->
    [one] Another code in { $seconds } second
   *[other] Another code in { $seconds } seconds
}
sign-in-elsewhere = Send it somewhere else
signed-in = You are signed in
sign-out = Sign out
sign-out-title = Sign out?
sign-out-text = Your orders go on. Sign in again, on any phone, to see them.
sign-out-guest = This phone forgets you and your orders. Without signing in there is no way back to them.
sign-out-stay = Stay
contact-empty = Give a phone number or an e-mail address.
contact-no-country = Begin with + and your country, as +49 170 1234567.
contact-country-zero = Leave out the zero after the +.
contact-not-a-digit = A phone number has digits only.
contact-length = A phone number has 8 to 15 digits, its country included.
contact-address = That is not a whole e-mail address. It looks like ada@coffee.example.
