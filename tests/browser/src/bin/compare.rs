//! `compare EARLIER NOW MARKED`: what `cargo xtask screenshots --against` tells. Ends with 1 where anything changed.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use twopath_browser_tests::compare::folders;

fn main() -> ExitCode {
    let folders_given: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [earlier, now, marked] = &folders_given[..] else {
        eprintln!("compare EARLIER NOW MARKED: three folders");
        return ExitCode::from(2);
    };
    match folders(earlier, now, marked) {
        Ok(compared) => {
            for (name, what) in &compared.changed {
                println!("changed  {name}: {what}; see {}", marked.join(name).display());
            }
            compared.new.iter().for_each(|name| println!("new      {name}"));
            compared.missing.iter().for_each(|name| println!("missing  {name}"));
            println!(
                "{} the same, {} changed, {} new, {} missing",
                compared.same,
                compared.changed.len(),
                compared.new.len(),
                compared.missing.len()
            );
            if compared.is_same() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
