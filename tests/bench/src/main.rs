//! Measures natively, and puts together what was measured elsewhere. Run by `cargo xtask bench`.

// For wasm32 the library is all there is; named, so that it is linked.
#[cfg(target_arch = "wasm32")]
use twopath_bench as _;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    native::main()
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use serde_json::json;
    use std::error::Error;
    use std::fs;
    use std::io::{BufRead, Write};
    use std::path::{Path, PathBuf};
    use std::process::ExitCode;
    use twopath_bench::contest::{Outcome, quartiles};
    use twopath_bench::native::{Wanted, all};
    use twopath_bench::table::Table;
    use twopath_bench::world::World;
    use twopath_bench::{machine, rows, summary};

    type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

    const HELP: &str = "\
twopath-bench native FOLDER [--quick] [--only NAME]   measure; writes native.json and table.txt
twopath-bench rows FOLDER [--quick]                   run rows of that table as told line by line on stdin
twopath-bench report FOLDER [--docs FILE]             summary.json and summary.md from all that was measured";

    pub fn main() -> ExitCode {
        match run() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        }
    }

    fn run() -> Result {
        let mut args = std::env::args().skip(1);
        let (task, folder) = (args.next().ok_or(HELP)?, PathBuf::from(args.next().ok_or(HELP)?));
        let (mut wanted, mut docs) = (Wanted::default(), None);
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--quick" => wanted.quick = true,
                "--only" => wanted.only = Some(args.next().ok_or(HELP)?),
                "--docs" => docs = Some(PathBuf::from(args.next().ok_or(HELP)?)),
                _ => return Err(HELP.into()),
            }
        }
        fs::create_dir_all(&folder)?;
        match task.as_str() {
            "native" => measure(&folder, &wanted),
            "rows" => serve(&folder, wanted.quick),
            "report" => summary::write(&folder, docs.as_deref()),
            _ => Err(HELP.into()),
        }
    }

    fn measure(folder: &Path, wanted: &Wanted) -> Result {
        let machine = machine::describe();
        let table = Table::find(wanted.quick);
        println!("    on {}", table.input());
        fs::write(folder.join("table.txt"), &table.text)?;
        let world = World::new(table, wanted.quick);
        let outcomes = all(world, wanted, say);
        let json = json!({
            "machine": machine,
            "load_at_end": machine::load(),
            "input": world.table.input(),
            "quick": wanted.quick,
            "outcomes": outcomes.iter().map(Outcome::to_json).collect::<Vec<_>>(),
        });
        Ok(fs::write(folder.join("native.json"), serde_json::to_string_pretty(&json)?)?)
    }

    fn say(outcome: &Outcome) {
        print!("    {:<28}", outcome.name);
        for (who, values) in &outcome.values {
            if let Some((_, median, _)) = quartiles(values) {
                print!("  {who} {median:.1}");
            }
        }
        println!("  ({})", outcome.unit);
    }

    /// Runs rows one at a time, so that they can be measured in turns with the same rows elsewhere.
    fn serve(folder: &Path, quick: bool) -> Result {
        let world = World::new(Table::read("table", fs::read_to_string(folder.join("table.txt"))?), quick);
        let mut rows = rows::all(world);
        let mut out = std::io::stdout().lock();
        for line in std::io::stdin().lock().lines() {
            let line = line?;
            let (task, name) = line.split_once(' ').ok_or("a line is `warm NAME` or `run NAME`")?;
            let row = rows.iter_mut().find(|row| row.name == name).ok_or_else(|| format!("no row {name}"))?;
            let value = if task == "run" { (row.run)() } else { 0.0 };
            if task == "warm" {
                (row.warm)();
            }
            writeln!(out, "{value}")?;
            out.flush()?;
        }
        Ok(())
    }
}
