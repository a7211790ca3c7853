//! The keychain of this system: Keychain Services on macOS and iOS, the Credential Manager on
//! Windows, the Secret Service on Linux, the Keystore on Android.

use keyring_core::{Entry, Result};

/// A place in it.
#[cfg(desktop)]
pub(super) fn entry(service: &str, account: &str) -> Result<Entry> {
    keyring::Entry::new(service, account).map(|entry| entry.inner)
}

/// A place in it.
#[cfg(mobile)]
pub(super) fn entry(service: &str, account: &str) -> Result<Entry> {
    use std::sync::LazyLock;
    static STORE: LazyLock<Result<()>> = LazyLock::new(|| {
        #[cfg(target_os = "ios")]
        let store = apple_native_keyring_store::protected::Store::new()?;
        #[cfg(target_os = "android")]
        let store = android_native_keyring_store::Store::new()?;
        keyring_core::set_default_store(store);
        Ok(())
    });
    if STORE.is_err() {
        return Err(keyring_core::Error::NoDefaultStore);
    }
    Entry::new(service, account)
}
