//! `cargo xtask`: sets up, builds, serves and tests Twopath on a bare machine.

use std::process::ExitCode;

use xtask::args::{Effort, HELP, Task, parse};
use xtask::failure::{OrFail, Result};
use xtask::project::Project;
use xtask::serve::Server;
use xtask::steps::step;
use xtask::tools::{PageTools, browser};
use xtask::{bench, build, checks, lighthouse, reproduce, screenshots, sizes};

fn main() -> ExitCode {
    match parse(std::env::args().skip(1)).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Help => println!("{HELP}"),
        Task::Setup => {
            PageTools::ready(&Project::find()?)?;
            step("browser", browser::ready)?;
        }
        Task::Build(effort) => {
            let project = Project::find()?;
            build::page(&project, &PageTools::ready(&project)?, effort)?;
            sizes::print(&project.dist())?;
        }
        Task::Serve { port } => {
            let project = Project::find()?;
            build::page(&project, &PageTools::ready(&project)?, Effort::Full)?;
            serve(&project, port)?;
        }
        Task::Reproduce(effort) => reproduce::check(&Project::find()?, effort)?,
        Task::Lighthouse => lighthouse::measure(&Project::find()?)?,
        Task::Screenshots { against } => screenshots::take(&Project::find()?, against.as_deref())?,
        Task::Bench(wanted) => bench::run_all(&Project::find()?, &wanted)?,
        Task::Test { parts, filter } => checks::run_parts(&Project::find()?, &parts, &filter)?,
    }
    Ok(())
}

fn serve(project: &Project, port: u16) -> Result<()> {
    let server = Server::bind_from(&project.dist(), port)
        .or_fail(format!("cannot serve from port {port} on"), "choose another with --port")?;
    let address = server.address().or_fail("the server has no address", "try again")?;
    if port != 0 && address.port() != port {
        println!("port {port} is taken; using {}", address.port());
    }
    println!("\nTwopath is at http://{address}/ (Ctrl-C ends it)");
    server.run();
    Ok(())
}
