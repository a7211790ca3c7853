//! Menus in files.

use presso_backend::menu_file::Format;

/// A file, taken for a table and for TOML.
///
/// # Panics
/// When a menu that was written is another one when it is read.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let formats = [Format::Csv, Format::Toml];
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
