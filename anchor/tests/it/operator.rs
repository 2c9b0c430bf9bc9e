//! `windlass customers`: the operator's commands.

use std::{
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;
use windlass_anchor::{clock::system_random, config::Secrets, vault::Vault};

use crate::support::{
    Extras, Files, FreshDatabase, JPEG, PNG, Part, SMALL, Service, fresh_database, g,
};

/// A server, and the configuration that the commands read.
struct Desk {
    service: Service,
    folder: TempDir,
    database: FreshDatabase,
}

impl Desk {
    async fn new() -> Self {
        let (database, folder) = (fresh_database().await, tempfile::tempdir().unwrap());
        let kyc = SMALL.replace("[types.", "[kyc.types.").replace("[fields.", "[kyc.fields.");
        std::fs::write(folder.path().join("windlass.toml"), format!("[kyc]\n{kyc}")).unwrap();
        let secrets = Secrets::in_folder(folder.path(), &system_random()).unwrap();
        let vault = Vault::new(&secrets.vault_keys()).unwrap();
        let objects = folder.path().join("files");
        std::fs::create_dir(&objects).unwrap();
        let extras =
            Extras { vault: Some(vault), files: Files::Folder(objects), ..Extras::default() };
        let service = Service::with_extras(&database.url, SMALL, extras).await;
        Self { service, folder, database }
    }

    /// Creates a customer of account `n` that waits for an operator's decision.
    async fn customer(&self, n: u8) -> String {
        let parts = [Part::Text("first_name", "Ada"), Part::File("photo_id_front", PNG)];
        self.service.wallet(&g(n)).put_parts(&parts).await.id()
    }

    fn try_run(&self, args: &[&str]) -> Output {
        let Self { folder, database, .. } = self;
        Command::new(env!("CARGO_BIN_EXE_windlass"))
            .arg("customers")
            .args(args)
            .arg("--data")
            .arg(folder.path())
            .arg("--config")
            .arg(Path::new(folder.path()).join("windlass.toml"))
            .env("WINDLASS_DATABASE_URL", &database.url)
            .output()
            .unwrap()
    }

    fn run(&self, args: &[&str]) -> String {
        let output = self.try_run(args);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    async fn told(&self, n: u8) -> serde_json::Value {
        self.service.wallet(&g(n)).get("type=manual").await.ok()
    }
}

// W-11
#[tokio::test]
async fn operator_lists_waiting_customers_and_decides() {
    let desk = Desk::new().await;
    assert_eq!(desk.run(&["list"]), "0 waiting\n");
    let (ada, eve) = (desk.customer(1).await, desk.customer(2).await);
    let list = desk.run(&["list"]);
    assert!(list.contains(&format!("{ada}  manual  waits for an operator  {}", g(1))), "{list}");
    assert!(
        list.contains(&eve) && list.ends_with("2 waiting\n") && !list.contains("Ada"),
        "{list}"
    );
    let look = ["show", &ada, "--operator", "ines", "--purpose", "review"];
    assert!(desk.run(&look).contains("given_name: Ada"));

    let blurred = ["--field", "photo_id_front", "--message", "Unscharf."];
    desk.run(&[&["reject-field", &ada, "--type", "manual"], &blurred[..]].concat());
    let photo = &desk.told(1).await["provided_fields"]["photo_id_front"];
    assert_eq!(
        (photo["status"].as_str(), photo["error"].as_str()),
        (Some("REJECTED"), Some("Unscharf."))
    );
    assert!(desk.run(&["list"]).ends_with("1 waiting\n"), "the customer has to send another photo");

    desk.service.wallet(&g(1)).put_parts(&[Part::File("photo_id_front", JPEG)]).await.id();
    assert!(desk.run(&["list"]).contains(&ada));
    desk.run(&["accept", &ada, "--type", "manual"]);
    assert_eq!(desk.told(1).await["status"], "ACCEPTED");

    desk.run(&["reject", &eve, "--type", "manual", "--message", "We cannot serve you."]);
    let told = desk.told(2).await;
    assert_eq!(
        (told["status"].as_str(), told["message"].as_str()),
        (Some("REJECTED"), Some("We cannot serve you."))
    );
    assert_eq!(desk.run(&["list"]), "0 waiting\n");
    desk.service.database.close().await;
}

#[tokio::test]
async fn invalid_operator_commands_are_refused_and_change_nothing() {
    let desk = Desk::new().await;
    let id = desk.customer(1).await;
    let before = desk.service.everything().await;
    for (args, text) in [
        (vec!["accept", "unknown", "--type", "manual"], "no such customer"),
        (vec!["accept", &id, "--type", "unheard-of"], "does not know that type"),
        (
            vec!["reject-field", &id, "--type", "manual", "--field", "city", "--message", "x"],
            "was not provided",
        ),
    ] {
        let output = desk.try_run(&args);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && error.contains(text), "{args:?}: {error}");
    }
    assert_eq!(desk.service.everything().await, before);
    desk.service.database.close().await;
}
