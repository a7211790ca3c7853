//! Which sessions a route admits, by name: handlers state one in their arguments (`who.rs`), and
//! the write asks it again (`leave.rs`).

use presso_core::api::Who;
use presso_core::order::StaffRole;

/// Which sessions a route admits.
pub(super) trait Rule: Send + Sync + 'static {
    /// Does it admit this one?
    fn admits(who: &Who) -> bool;
}

macro_rules! rule {
    ($(#[$doc:meta])* $name:ident: $($who:pat_param)|+) => {
        $(#[$doc])*
        pub(super) struct $name;
        impl Rule for $name {
            fn admits(who: &Who) -> bool {
                matches!(who, $($who)|+)
            }
        }
    };
}
rule! {
    /// Customers.
    Customers: Who::Guest { .. }
}
rule! {
    /// The shop's staff.
    Baristas: Who::Staff { .. } | Who::Organiser { .. }
}
rule! {
    /// Staff of one shop.
    Members: Who::Staff { .. }
}
rule! {
    /// Those of them who signed a device in.
    Owners: Who::Staff { by_pin: false, .. }
}
rule! {
    /// The shop's staff, and the command beside the server.
    Counter: Who::Staff { .. } | Who::Organiser { .. } | Who::Operator
}
rule! {
    /// Who runs the shop or the whole event, and the command beside the server.
    Leads: Who::Staff { role: StaffRole::Manager, .. } | Who::Organiser { .. } | Who::Operator
}
rule! {
    /// The shop's screens and staff, and the command beside the server.
    Screens: Who::Display { .. } | Who::Staff { .. } | Who::Organiser { .. } | Who::Operator
}
rule! {
    /// Customers and staff.
    People: Who::Guest { .. } | Who::Staff { .. } | Who::Organiser { .. }
}
rule! {
    /// Those of them who came in by more than a PIN.
    Selves: Who::Guest { .. } | Who::Staff { by_pin: false, .. } | Who::Organiser { .. }
}
rule! {
    /// Customers, staff, and the command beside the server.
    Witnesses: Who::Guest { .. } | Who::Staff { .. } | Who::Organiser { .. } | Who::Operator
}
rule! {
    /// Who makes shops: organisers, and the command beside the server.
    Founders: Who::Organiser { .. } | Who::Operator
}
rule! {
    /// The command beside the server.
    Operators: Who::Operator
}
