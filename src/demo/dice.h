/*
 * dice.h - the demo's own random numbers (splitmix64): the same on every machine, integers only.
 * A draw that must not depend on the order of work is a hash of what it is about: mix_of().
 */
#ifndef SEKISHO_DEMO_DICE_H
#define SEKISHO_DEMO_DICE_H

#include "base/cc.h"

struct rng {
	uint64_t s;
};

static inline uint64_t
mix64(uint64_t z)
{
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static inline uint64_t
mix_of(uint64_t seed, uint64_t a, uint64_t b)
{
	return mix64(mix64(seed + a * 0x9e3779b97f4a7c15u) + b * 0xd1342543de82ef95u);
}

static inline uint64_t
rng_next(struct rng *r)
{
	return mix64(r->s += 0x9e3779b97f4a7c15u);
}

static inline uint32_t
rng_below(struct rng *r, uint32_t n)
{
	return (uint32_t)(((rng_next(r) >> 32) * n) >> 32);
}

#endif
