//! `windlass doctor`

use std::process::ExitCode;

use windlass_anchor::doctor::{Finding, Severity, examine};

use super::ConfigArgs;

pub(super) async fn run(args: ConfigArgs) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let config = args.load()?;
    println!(
        "Examining {}",
        args.config.as_ref().map_or_else(
            || "the environment (no --config given)".into(),
            |path| path.display().to_string()
        )
    );
    let findings = examine(&config).await;
    for Finding { severity, subject, text } in &findings {
        let mark = match severity {
            Severity::Good => "  ok  ",
            Severity::Warning => " warn ",
            Severity::Error => " FAIL ",
        };
        println!("[{mark}] {subject}: {text}");
    }
    let count = |wanted| findings.iter().filter(|finding| finding.severity == wanted).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    println!("{} checks, {errors} errors, {warnings} warnings", findings.len());
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
