"""The VAE of `jobs/benchmark peers` in PyTorch, trained on MNIST until its test images' mean ELBO reaches a target:

    python vae.py --data DIR --processes N --threads N --batch ROWS --target NATS --passes N

784-512-20-512-784 with tanh, Bernoulli pixels drawn anew in every pass, one posterior sample, Adam at 1e-3. Several
processes train through DistributedDataParallel over gloo on loopback, each on its own half of every pass, with that many
rows a minibatch each. The network goes through torch.compile where there is a C++ compiler.

Prints a JSON object on each line: one when training can begin, then one for each pass. Seconds are the training's own:
neither starting and compiling, which comes before, nor measuring the test images counts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import socket
import time
from pathlib import Path

import torch
import torch.distributed as distributed
import torch.multiprocessing as multiprocessing
from torch import Tensor, nn
from torch.nn import functional

LOOPBACK = "127.0.0.1"
WARM_UP_STEPS = 30
SEED = 1
PIXELS = 784
HIDDEN = 512
LATENTS = 20


class Vae(nn.Module):
    """Mean negative ELBO of a minibatch of binary images, in nats."""

    def __init__(self, means: Tensor) -> None:
        super().__init__()
        self.encoder = nn.Linear(PIXELS, HIDDEN)
        self.posterior = nn.Linear(HIDDEN, 2 * LATENTS)
        self.decoder = nn.Linear(LATENTS, HIDDEN)
        self.logits = nn.Linear(HIDDEN, PIXELS)
        for layer in (self.encoder, self.posterior, self.decoder, self.logits):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
        # As Elbow's, the decoder starts at the images' mean.
        with torch.no_grad():
            self.logits.bias.copy_(torch.logit(means.clamp(1e-3, 1 - 1e-3)))

    def forward(self, x: Tensor) -> Tensor:
        mean, log_variance = self.posterior(torch.tanh(self.encoder(x))).chunk(2, dim=1)
        z = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        logits = self.logits(torch.tanh(self.decoder(z)))
        reconstruction = functional.binary_cross_entropy_with_logits(logits, x, reduction="sum")
        kl = 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).sum()
        return (reconstruction + kl) / x.shape[0]


def images(directory: Path, name: str) -> Tensor:
    """Images of an IDX file in the directory or in its folder mnist, a row each, from 0 to 1."""
    path = directory / name
    if not path.exists():
        path = directory / "mnist" / name
    with gzip.open(path, "rb") as file:
        content = bytearray(file.read())
    return torch.frombuffer(content, dtype=torch.uint8, offset=16).reshape(-1, PIXELS).float() / 255


def test_elbo(network: Vae, test: Tensor) -> float:
    """Mean ELBO of the test images, binarised alike in every call, by one posterior sample each."""
    state = torch.random.get_rng_state()
    torch.manual_seed(SEED)
    with torch.no_grad():
        total = sum(float(network(torch.bernoulli(rows))) * len(rows) for rows in test.split(1000))
    torch.random.set_rng_state(state)
    return -total / len(test)


def compiler() -> bool:
    return any(shutil.which(name) for name in (os.environ.get("CXX", "c++"), "g++", "clang++"))


def say(**values: object) -> None:
    print(json.dumps(values), flush=True)


class Run:
    def __init__(self, rank: int, options: argparse.Namespace) -> None:
        self.rank = rank
        self.options = options
        torch.set_num_threads(options.threads)
        torch.manual_seed(SEED)
        self.rows = images(options.data, "train-images-idx3-ubyte.gz")
        self.test = images(options.data, "t10k-images-idx3-ubyte.gz")
        self.network = Vae(self.rows.mean(dim=0))
        self.start = {name: value.clone() for name, value in self.network.state_dict().items()}
        model: nn.Module = self.network
        if options.processes > 1:
            model = nn.parallel.DistributedDataParallel(model, gradient_as_bucket_view=True, static_graph=True)
        self.model = torch.compile(model) if compiler() else model
        # Noise differs between processes; parameters, made before, do not.
        torch.manual_seed(SEED + rank)
        self.optimizer = self.adam()
        for _ in range(WARM_UP_STEPS):
            self.step(self.rows[: options.batch])
        self.network.load_state_dict(self.start)
        self.optimizer = self.adam()
        if rank == 0:
            say(
                event="start",
                torch=torch.__version__,
                compiled=compiler(),
                elbo=test_elbo(self.network, self.test),
            )

    def adam(self) -> torch.optim.Optimizer:
        return torch.optim.Adam(self.network.parameters(), lr=1e-3, fused=True)

    def step(self, rows: Tensor) -> None:
        self.optimizer.zero_grad(set_to_none=True)
        self.model(torch.bernoulli(rows)).backward()
        self.optimizer.step()

    def wait(self) -> None:
        if self.options.processes > 1:
            distributed.barrier()

    def one_pass(self, number: int) -> int:
        """Trains on this process's rows of a pass; returns how many all processes had."""
        order = torch.randperm(len(self.rows), generator=torch.Generator().manual_seed(SEED + number))
        own = order[self.rank :: self.options.processes]
        steps = len(own) // self.options.batch
        for step in range(steps):
            self.step(self.rows[own[step * self.options.batch : (step + 1) * self.options.batch]])
        return steps * self.options.batch * self.options.processes

    def until_target(self) -> None:
        seconds = 0.0
        examples = 0
        for number in range(1, self.options.passes + 1):
            self.wait()
            begin = time.perf_counter()
            examples += self.one_pass(number)
            self.wait()
            seconds += time.perf_counter() - begin
            elbo = torch.tensor([test_elbo(self.network, self.test) if self.rank == 0 else 0.0], dtype=torch.float64)
            if self.options.processes > 1:
                distributed.broadcast(elbo, 0)
            if self.rank == 0:
                say(event="pass", number=number, seconds=seconds, examples=examples, elbo=elbo.item())
            if elbo.item() >= self.options.target:
                return


def work(rank: int, options: argparse.Namespace, port: int) -> None:
    if options.processes > 1:
        distributed.init_process_group(
            "gloo", init_method=f"tcp://{LOOPBACK}:{port}", rank=rank, world_size=options.processes
        )
    Run(rank, options).until_target()
    if options.processes > 1:
        distributed.destroy_process_group()


def free_port() -> int:
    with socket.socket() as server:
        server.bind((LOOPBACK, 0))
        return server.getsockname()[1]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    for name in ("processes", "threads", "batch", "passes"):
        parser.add_argument("--" + name, type=int, required=True)
    parser.add_argument("--target", type=float, required=True)
    options = parser.parse_args()
    os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    if options.processes == 1:
        work(0, options, 0)
    else:
        multiprocessing.spawn(work, (options, free_port()), nprocs=options.processes)


if __name__ == "__main__":
    main()
