//! Menus in files.

use presso_backend::cli::MenuFormat;

/// A file, taken for a table and for TOML.
///
/// # Panics
/// When a menu that was written is another one when it is read.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let formats = [MenuFormat::Csv, MenuFormat::Toml];
    for format in formats {
        let Ok(menu) = format.read(text) else {
            continue;
        };
        assert_eq!(menu.validate(), Ok(()));
        for other in formats {
            let written = other.write(&menu);
            let again = other.read(&written);
            assert_eq!(again.as_ref(), Ok(&menu), "{written}");
        }
    }
}
