"""What can go wrong in the sandbox, as sentences for whoever typed the command."""


class SandboxProblem(Exception):
    """A sentence that says what is wrong and what to do."""


class CouldNotStart(SandboxProblem):
    """A process ended, or did not answer in time, while the sandbox was starting."""
