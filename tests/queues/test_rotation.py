"""Clients take turns; what a client is."""

from __future__ import annotations

import pytest

from stances.queues.rotation import Rotation, client_at


def test_clients_take_turns_and_the_things_of_each_their_order() -> None:
    rotation: Rotation[str] = Rotation()
    for item in ("a1", "a2", "a3", "b1", "c1", "b2"):
        rotation.put(item[0], item)
    assert (len(rotation), rotation.count("a"), rotation.count("x")) == (6, 3, 0)
    rotation.remove("a", "a2")
    rotation.remove("a", "a2")
    assert [rotation.take() for _ in range(6)] == ["a1", "b1", "c1", "a3", "b2", None]
    assert len(rotation) == 0


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_network_of_ipv6_is_one_client(host: str, client: str) -> None:
    assert client_at(host) == client
