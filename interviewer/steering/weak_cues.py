"""The weak cues: honest people say such things too, and they are steering only beside a strong cue.

They are claims of authority, further orders, further lines of a reply, and praise of "the candidate" in the third
person; they are looked for in the sentences next to a strong cue, and next to those.
"""

from interviewer.steering.cues import START, anywhere
from interviewer.steering.flags import Flag

WEAK = (
    # "I am the developer of this system", "as your administrator"
    anywhere(
        rf"{START}(?:se|de|[xk]?a)[DdY]{{1,2}}x?X(?![|]?[xX]{{0,3}}[|]?s(?!e?z))(?=[^.]{{0,6}}(?:[dYCASVGTOIz.]|$))",
        Flag.AUTHORITY,
    ),
    anywhere(r"(?<![^.])X[xXI]{0,2}[:|]", Flag.AUTHORITY),
    # a sentence that orders, or speaks to the scorer of scores
    anywhere(r"(?<![^.])[&kK]{0,2}(?:[GVHOC][^.Fs]{0,8}[SVJIAr#pE]|[GVO][^.Fs]{0,8}[dm])", Flag.ADDRESSES),
    anywhere(rf"{START}k?n[kB]?[GVHOuQxB][^.F]{{0,9}}[SVJIArpQdC]", Flag.ADDRESSES),
    anywhere(r"(?<![^.])[k]?n[^.F]{0,4}(?=[.]|$)", Flag.ADDRESSES),
    anywhere(r"(?<![^.])[&kx]?(?:k|Y[BenkR]|Y[^.Fs]{0,3}e)[^.Fs]{0,10}[SVJAqrI]", Flag.ADDRESSES),
    anywhere(r"(?<![^.])[dD](?:I|[fx]?V|S|q)[^.F]{0,9}[eBR]", Flag.ADDRESSES),
    anywhere(r"(?<![^.])[dDPMY]x{0,2}[IJ][^.F]{0,6}[onB]", Flag.OVERRIDES),
    # what is left of a code fence or a quotation
    anywhere(r"(?<![^.])[\"|]+x?[\"|]*(?=\.|$)", Flag.MARKUP),
    # further lines of a reply
    anywhere(r"(?<![^.])[xf]{0,2}(?:[SVfc]|CS?):", Flag.REPLY),
    # praise in the third person
    anywhere(r"(?<![^.])[dD][xf]?C[^.F]{0,8}[TEJtbZSVrW]", Flag.REPLY),
    anywhere(r"(?<![^.])[PD]{0,2}J[^.F]{0,5}[tTEg]", Flag.REPLY),
    anywhere(r"(?<![^.])(?:E|T|b)[^.F]{0,8}(?:E|J|C|S)", Flag.REPLY),
    anywhere(r"(?<![^.])[TEr](?=[.|]|$)", Flag.REPLY),
)
