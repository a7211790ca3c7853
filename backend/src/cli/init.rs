//! `presso init`: an empty folder becomes a server's, with its first organiser; and
//! `presso organiser link`, for those who come later.

use super::door::Door;
use super::{Error, print};
use crate::app::DATABASE_FILE;
use crate::config::{Config, FILE};
use presso_core::api::{InviteOrganiser, InviteOrganiserBody};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Makes the configuration, where there is none, the data folder and the first organiser. Nothing
/// that is there is touched: a folder that was set up is refused.
pub(super) async fn run(
    config: &Config,
    file: Option<&Path>,
    name: String,
    json: bool,
) -> Result<(), Error> {
    if config.data.join(DATABASE_FILE).exists() {
        return Err(Error::SetUp(config.data.clone()));
    }
    let file = file.unwrap_or(Path::new(FILE));
    let written = write(config, file)?;
    let door = Door::open(config, true).await?;
    let invited = organiser(&door, name, json, |link| {
        let data = config.data.display();
        println!("{data} is set up, with keys of its own that only this user can read.");
        match written {
            true => println!("{} says how the server runs.", file.display()),
            false => println!("{} was there already and is as it was.", file.display()),
        }
        println!("Start the server (presso serve), then open this link once, within 24 hours:");
        println!("{link}");
    });
    let done = invited.await;
    door.close().await;
    done
}

/// Prints a link that lets in one more organiser.
pub(super) async fn link(door: &Door, name: String, json: bool) -> Result<(), Error> {
    organiser(door, name, json, |link| println!("{link}")).await
}

async fn organiser(
    door: &Door,
    name: String,
    json: bool,
    people: impl FnOnce(&str),
) -> Result<(), Error> {
    let body = InviteOrganiserBody { name };
    let answer = door.send(&InviteOrganiser { body }).await?;
    print::answer(json, &answer, |answer| people(&answer.link));
    Ok(())
}

/// False where the file is there already.
fn write(config: &Config, path: &Path) -> Result<bool, Error> {
    let open = std::fs::File::options()
        .write(true)
        .create_new(true)
        .open(path);
    let mut file = match open {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(false),
        Err(error) => return Err(Error::file(path, error)),
    };
    file.write_all(text(config).as_bytes())
        .map_err(|error| Error::file(path, error))?;
    Ok(true)
}

fn text(config: &Config) -> String {
    let quoted = |text: String| toml::Value::String(text).to_string();
    let data = std::path::absolute(&config.data).unwrap_or_else(|_| PathBuf::from(&config.data));
    format!(
        "# What the server is told; docs/operating.md lists all settings.\n\
         # Where to listen. Behind a proxy with HTTPS: this machine only.\n\
         listen = {}\n\
         # What QR codes and links begin with.\n\
         public_url = {}\n\
         # The database and the keys. Nobody else needs to read it.\n\
         data = {}\n",
        quoted(config.listen.to_string()),
        quoted(config.public_url.clone()),
        quoted(data.display().to_string()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Layer;

    #[tokio::test]
    async fn an_empty_folder_is_set_up_once_and_what_is_there_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let (data, file) = (
            folder.path().join("data"),
            folder.path().join("presso.toml"),
        );
        let layer = Layer {
            data: Some(data.clone()),
            public_url: Some("https://coffee.example".into()),
            ..Layer::default()
        };
        let config = layer.clone().settle().unwrap();
        let init = async || run(&config, Some(&file), "Olu".into(), true).await;
        init().await.unwrap();
        let read = Layer::file(&file, true).unwrap().settle().unwrap();
        assert_eq!(read, config, "what was written is what was settled");
        let before = std::fs::read(&file).unwrap();
        let again = init().await.unwrap_err();
        assert!(again.to_string().contains("is set up already"), "{again}");
        assert!(again.to_string().contains("presso organiser link"));
        assert_eq!(again.exit_code(), 1);
        assert_eq!(std::fs::read(&file).unwrap(), before);
        // A folder that is new, beside a file that is not.
        let other = Layer {
            data: Some(folder.path().join("other")),
            ..layer
        };
        let config = other.settle().unwrap();
        run(&config, Some(&file), "Olu".into(), true).await.unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }
}
