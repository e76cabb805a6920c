//! Starts the program and turns its outcome into an exit code.

fn main() -> std::process::ExitCode {
    legation::cli::main()
}
