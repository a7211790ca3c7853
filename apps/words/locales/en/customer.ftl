# What the customer's phone says.

queue-ahead = { $count ->
    [one] { $count } drink before yours
   *[other] { $count } drinks before yours
}
order-for = For { $name }
