"""What getting about gives to the kernel."""

from kernel.contributions import Contributions

contributions = Contributions()
