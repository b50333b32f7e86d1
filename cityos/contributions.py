"""What the data exchange gives to the kernel."""

from cityos.events import SubscriptionMatched
from cityos.handlers import deliver
from kernel.contributions import Contributions

contributions = Contributions(handlers={SubscriptionMatched.name: (deliver,)})
