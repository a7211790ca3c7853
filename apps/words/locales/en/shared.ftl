# What the three screens share.

brand = Presso

## Connection

live = Live
connecting = Connecting …
no-connection-since = No connection since { $time }
offline-banner = No connection since { $time }. What you see may be out of date. We keep trying.
update-needed = Out of date
update-needed-banner = This page is out of date. Please reload it.

## Buttons

close-dialog = Close
dismiss = Dismiss
try-again = Try again
undo = Undo
keep = Keep it
back = Back
# Also in every index.html, word for word: shown when the program cannot say it itself.
start-failed = This page could not start. Reload it, or try a newer browser.
no-script = Presso needs JavaScript.
loading = One moment …

## Time

time-left = { $time } left
time-left-minutes = { $count ->
    [one] About { $count } minute left
   *[other] About { $count } minutes left
}
time-left-seconds = { $count ->
    [one] { $count } second left
   *[other] { $count } seconds left
}
time-over = Time is up

## Reasons, as a person picks them

reason-changed-mind = Changed my mind
reason-too-long = It takes too long
reason-mistake = Ordered by mistake
reason-other = Another reason
reason-out-of-stock = Something ran out
reason-no-show = Nobody came
reason-closing = We are closing

## Reasons, as the shop's customer is told

because-out-of-stock = Something your drink needs ran out. We are sorry.
because-no-show = We called your number and nobody came.
because-closing = The shop is closing. We are sorry.
because-mistake = It was cancelled by mistake. Please talk to the barista.
because-other = Please talk to the barista, they can tell you more.

## A window that belongs to no server yet

first-run-title = Which server?
first-run-text = This app belongs to one Presso server. Type its address, as it stands on the shop’s screen or in its links.
first-run-server = Server address
first-run-go = Connect
first-run-customer = Scanning the code on a shop’s screen tells the address as well.
first-run-barista = Or open the sign-in link that your manager sent you with this app.
first-run-display = Or start this app with the display’s sign-in link.

## An app and a server that do not understand each other

update-page-title = This page is out of date
update-page-text = The server has moved on. Load the page again to go on where you were.
update-page-go = Load again
update-app-title = This app is out of date
update-app-text = The server speaks a newer version. Please update the app. What you were doing is safe.
update-in-browser = Go on in a browser
update-server-title = This server is out of date
update-server-text = The app is newer than its server. Please ask whoever runs the server to update it.

## A window whose page could not begin

unbegun-title = This app could not start

## A window's server

server-is = Server: { $server }
server-change = Use another server
consent-title = Another server?
consent-text = A link or a code leads to { $to }. This app belongs to { $own }. Go there only if you know who runs that server.
consent-go = Go there
consent-stay = Stay here
consent-leave-title = Leave this server?
consent-leave-text = This app belongs to { $own }. It asks for another server then. You stay signed in there, for when you come back.
consent-leave-go = Leave
session-not-kept = This device has no keychain that we may use. You stay signed in until the app is closed.

## A device that waits for being let in

pair-how = In the barista’s app: Manage, Devices, and type this code
pair-qr = A code to scan with the manager’s phone
pair-or = Or scan the picture with a phone that is signed in as a manager. A new code comes every ten minutes.
