# One sentence for each problem code of the server, and of the client itself.

problem-other = Something went wrong ({ $code }). Please try again.

## From the workflow

problem-shop-unknown = There is no such shop.
problem-shop-exists = There is a shop of this name already.
problem-shop-closed = The shop is closed.
problem-shop-open = Close the shop first, and wait until its orders are over.
problem-shop-full = The shop is very busy and takes no more orders right now.
problem-code-used-up = All places of this code are taken. Wait for the next code on the screen.
problem-code-expired = This code has expired. Scan the one on the screen now.
problem-code-unknown = This is not a code of this shop.
problem-already-ordered = You already have an order.
problem-daily-limit = You have had all your drinks for today.
problem-sign-in-needed = Sign in to place your order. Your place is kept meanwhile.
problem-order-unknown = There is no such order.
problem-not-allowed = You may not do this.
problem-order-already-claimed = Somebody else is making this one.
problem-not-your-claim = Somebody else is making this one.
problem-not-takeable = Its barista is at work. It cannot be taken over.
problem-order-being-made = Your drink is being made already.
problem-order-ended = This order is over.
problem-wrong-state = This is not possible any more.
problem-deadline-passed = Time ran out a moment ago.
problem-reason-not-yours = Please choose another reason.
problem-nothing-to-undo = There is nothing left to undo.
problem-undo-too-late = It is too late to undo this.
problem-customer-has-other = The customer has ordered again since.
problem-orders-alive = Ticket numbers cannot start again while orders are open.
problem-menu-empty = The menu is empty. Add a drink first.
problem-drink-unknown = This drink is not on the menu.
problem-option-unknown = This option is not on the menu.
problem-bad-settings = These settings cannot be used.
problem-bad-menu = This menu cannot be used.

## A choice that the menu does not allow

problem-drink-not-on-menu = This drink is no longer on the menu.
problem-drink-off = This drink has just sold out. Please choose another.
problem-option-not-on-menu = One of your options is no longer on the menu.
problem-option-off = One of your options has just sold out. Please choose another.
problem-option-twice = One option was chosen twice.
problem-too-many-options = Choose only one option here.
problem-missing-option = Please make every required choice.

## From the server and the client

problem-offline = There is no connection. Check your network and try again.
problem-no-address = This is not an address. It looks like coffee.example or 192.168.1.20:8080.
problem-server-unreachable = Nobody answers at this address. Check it, and that this device is on the right network.
problem-server-stranger = Something answers at this address, but it is not Presso. Check it once more.
problem-not-kept = This device cannot keep that: its storage is full, or forbidden.
problem-pin-wrong = This is not the PIN.
problem-pin-locked = This PIN was tried too often. Sign in by a link from the manager, or let them take it away and set another.
problem-pin-unset = There is no PIN to come in by.
problem-pin-malformed = A PIN has four to six digits.
problem-pin-easy = This is a PIN that anybody tries first. Please choose another.
problem-session = Your session has ended. Please start again.
problem-too-often = That was a bit fast. Please wait a moment.
problem-overloaded = The server is very busy. Please try again in a moment.
problem-storage = The server cannot save right now. Please try again in a moment.
problem-restarting = The server is restarting. Please try again in a moment.
problem-too-slow = This took too long, and may have been done all the same. Look before you try again.
problem-internal = Something went wrong in the server. Please try again.
problem-malformed-json = The server did not understand us. Please reload the page.
problem-malformed-answer = We did not understand the server. Please reload the page.
problem-invalid-field = Something entered here cannot be used. Please check it.
problem-code-malformed = A code has ten letters and digits.
problem-malformed = The server did not understand us. Please reload the page.
problem-not-found = This is not there.
problem-protocol = This page is out of date. Please reload it.
problem-server-too-old = The server is older than this app. Please ask whoever runs it to update it.
problem-session-unknown = Nobody is signed in by this any more.
problem-device-unknown = No device shows this code. Check it, or let the device begin again.
problem-authorization-pending = Nobody has said yes to this device yet.
problem-slow-down = That was a bit fast. Please wait a moment.
problem-expired-token = This took too long. Please begin again.
problem-bad-name = A name has 1 to 40 characters.
problem-bad-table = This table is no menu.
problem-staff-unknown = Nobody of this name works here any more.
problem-manager-joined = This manager has been here already. An organiser gives them another link.
problem-oneself = You cannot remove yourself or change your own role. Ask another manager.
problem-malformed-pattern = This pattern is none. Look at its brackets and operators.
problem-rule-unknown = There is no such rule any more.
problem-dead-letter-unknown = This was sent again already.
problem-too-many-rules = There are as many rules as one shop may have. Delete one first.
problem-share-unknown = This link leads nowhere any more. Ask whoever sent it for a new one.
problem-link-used = This link has been used already. Ask for a new one.
problem-link-expired = This link has expired. Ask for a new one.
problem-link-unknown = This link does not work. Ask for a new one.

## Signing in by one-time code

problem-bad-contact = This is neither a phone number with its country, as +49 170 1234567, nor an e-mail address.
problem-passcodes-off = One cannot sign in here at the moment. Please ask at the counter.
problem-numbers-not-served = Codes come by e-mail here. Please give an e-mail address.
problem-addresses-not-served = Codes come by text message here. Please give a phone number.
problem-country-not-served = We send no codes to this country. Please ask at the counter.
problem-passcode-too-soon = A code was sent there a moment ago. Please wait half a minute.
problem-passcode-number-spent = No more codes are sent there today. Please ask at the counter.
problem-passcode-day-spent = No more codes are sent today. Please ask at the counter.
problem-passcode-malformed = A code has 6 digits.
problem-passcode-wrong = That is not the code we sent. Check it and try again.
problem-passcode-expired = This code is too old. Ask for another.
problem-passcode-spent = That was wrong too often. Ask for another code.
problem-passcode-guessed = Codes for this were wrong too often. Please wait ten minutes.
problem-signed-in-already = Somebody else is signed in on this phone. Sign out first.
