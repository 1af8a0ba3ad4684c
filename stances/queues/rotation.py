"""The order of those who wait: by address, so that no one address takes all turns."""

from collections import OrderedDict, deque
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from itertools import chain
from typing import Generic, TypeVar

# A household or an office has that many addresses of its own.
_IPV6_PREFIX = 64

Item = TypeVar("Item")


class Rotation(Generic[Item]):
    """Items that wait, by client: clients take turns, each one's items come in their order."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[Item]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many items wait."""
        return sum(map(len, self._waiting.values()))

    def __iter__(self) -> Iterator[Item]:
        """Yield the items that wait, each client's together."""
        return chain.from_iterable(self._waiting.values())

    def count(self, client: str) -> int:
        """Return how many items of a client wait."""
        return len(self._waiting.get(client, ()))

    def put(self, client: str, item: Item) -> None:
        """Let an item wait, behind those of the same client."""
        self._waiting.setdefault(client, deque()).append(item)

    def take(self) -> Item | None:
        """Take the next item, whose client then is the last of all; None: none waits."""
        if not self._waiting:
            return None
        client, items = self._waiting.popitem(last=False)
        item = items.popleft()
        if items:
            self._waiting[client] = items
        return item

    def remove(self, client: str, item: Item) -> None:
        """Let an item wait no longer, if it still does."""
        items = self._waiting.get(client)
        if items is None or item not in items:
            return
        items.remove(item)
        if not items:
            del self._waiting[client]


def client_at(host: str) -> str:
    """Return the client at an address: of IPv6 the network of 64 bits that it lies in."""
    try:
        address: IPv4Address | IPv6Address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, _IPV6_PREFIX), strict=False))
