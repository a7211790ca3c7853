//! Writes the permissions of the shell's commands, one each, for the apps' capabilities to name.

/// Every command that a page may be allowed to call; `src/commands.rs` has them.
const COMMANDS: &[&str] = &[
    "begin",
    "call",
    "watch",
    "unwatch",
    "guest",
    "redeem",
    "pair",
    "ask_passcode",
    "verify_passcode",
    "hands",
    "switch",
    "set_pin",
    "sign_out",
    "nudge",
    "go",
    "forget_server",
    "keep",
    "stay_awake",
    "badge",
    "open_link",
    "cameras",
    "camera_start",
    "camera_look",
    "camera_stop",
];

fn main() {
    tauri_plugin::Builder::new(COMMANDS).build();
}
