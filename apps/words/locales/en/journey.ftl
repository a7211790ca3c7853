# One order's journey: its states, its steps, and what it waits for.

journey-show = See its journey
journey-title = The order’s journey
journey-title-ticket = The journey of number { $ticket }
journey-graph-alt = A drawing of the states that an order can be in. This order’s path: { $path }.
journey-graph-step = { $number }, { $what }: { $state }
journey-steps = What happened
journey-by = by { $who }
journey-because = “{ $reason }”

## States, as short as they fit into the drawing

state-choosing = Choosing
state-queued = In the queue
state-making = Being made
state-ready = Ready
state-collected = Collected
state-swept = Not fetched
state-cancelled = Cancelled
state-timed-out = Timed out

## Steps

step-scan = Code scanned
step-submit = Ordered
step-cancel = Cancelled
step-claim = Started
step-unclaim = Given back to the queue
step-take-over = Taken over from a silent tablet
step-complete = Put on the counter
step-collect = Handed over
step-undo = Taken back
step-undid = Taken back: { $what }
step-time-out = Time ran out
step-sweep = Taken off the board
step-late-choice = Nothing was ordered in time.
step-late-drink = It was not made in time.

## Who

by-you = you
by-customer = the customer
by-barista = the barista
by-clock = the clock
by-operator = the operator

## What it waited for, and waits for

waited-choice = after { $time } of choosing
waited-barista = after { $time } of waiting for a barista
waited-drink = after { $time } of making
waited-collection = after { $time } on the counter
waits-choice = Waiting for the choice
waits-barista = Waiting for a barista
waits-drink = Waiting for the drink
waits-collection = Waiting to be fetched
waits-since = for { $time } now
waits-until = { $time } at the latest

## Sharing it

share = Share it by a link
share-title = A link to this journey
share-body = Whoever has it sees this order’s number, path and times, and nobody’s name. It works until { $day }, or until you end it. A new link ends this one.
share-end = End the link
share-ended = The link leads nowhere any more.
share-done = Done
shared-lost = Nothing to see here
shared-at = An order at { $shop }
shared-hint = Somebody shared this with you. It shows nobody’s name.
