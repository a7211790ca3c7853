# What the server itself says, in messages to people.

# One SMS, the line for browsers after it included: keep it short, and of plain letters.
passcode-text = { $code } is your code for { $shop }. It is good for 5 minutes. Never tell it to anybody.
passcode-subject = Your code for { $shop }
passcode-not-yours = Somebody typed your address to sign in. If that was not you, there is nothing to do.
