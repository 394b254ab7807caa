/*
 * rep_html_style.c - the style sheet of the page, and the policy that allows this one and nothing else.
 *
 * rep_html.css is copied in as it stands.  The policy names its hash, so a style that somebody slips into
 * the page does not apply; scripts, pictures and requests are forbidden altogether.
 */
#include "report/rep_html.h"

#include "base/embed.h"

EMBED(html_css, "src/report/rep_html.css");

static const struct {
	const char *at, *end;
} css = { html_css, html_css_end };

struct str
html_style(void)
{
	return (struct str){ .p = css.at, .n = (size_t)(css.end - css.at) };
}

/* RFC 4648, with padding. */
static void
base64(struct out *o, const uint8_t *p, size_t n)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		uint32_t v = (uint32_t)p[i] << 16;

		if (i + 1 < n)
			v |= (uint32_t)p[i + 1] << 8;
		if (i + 2 < n)
			v |= p[i + 2];
		out_char(o, digits[v >> 18]);
		out_char(o, digits[v >> 12 & 63]);
		out_char(o, i + 1 < n ? digits[v >> 6 & 63] : '=');
		out_char(o, i + 2 < n ? digits[v & 63] : '=');
	}
}

void
html_policy(struct out *o)
{
	uint8_t digest[SHA256_SIZE];

	sha256_of(html_style(), digest);
	out_text(o, "default-src 'none'; style-src 'sha256-");
	base64(o, digest, sizeof(digest));
	out_text(o, "'; base-uri 'none'; form-action 'none'");
}
