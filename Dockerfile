# SPDX-License-Identifier: Apache-2.0
# docker build --tag daybook .                                        the program
# docker build --tag intuit-sandbox --target intuit-sandbox .         the sandbox
# compose.yaml starts both. docs/operating.md says how to run the program alone.

# Packages come with their latest security updates, so their versions are not pinned.
FROM swift:6.3-bookworm AS build
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libsqlite3-dev zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
# The manifest names the tests and the queue's bench too, so their folders have to be there.
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
COPY bench bench
# What is installed has no samples and no demo.
ENV DAYBOOK_INSTALLED=1
RUN swift build -c release --static-swift-stdlib --product daybook \
    && swift build -c release --static-swift-stdlib --product intuit-sandbox \
    && mkdir /out \
    && install --strip --mode=755 .build/release/daybook .build/release/intuit-sandbox /out

FROM debian:bookworm-slim AS runtime
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libsqlite3-0 libstdc++6 zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 8710 --user-group --home-dir /var/lib/daybook --shell /usr/sbin/nologin daybook \
    && install --directory --owner=daybook --group=daybook --mode=0700 /var/lib/daybook
# The health check: it asks for /health or a page, and succeeds when the answer is 200. There is no curl in the image.
COPY --chmod=755 packaging/answers /usr/local/bin/answers

FROM runtime AS intuit-sandbox
COPY --from=build /out/intuit-sandbox /usr/bin/intuit-sandbox
# The user daybook, by its number, so that a container system can tell that it is not root.
USER 8710
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s CMD ["answers", "8711", "/"]
ENTRYPOINT ["/usr/bin/intuit-sandbox"]
CMD ["serve"]

FROM runtime AS daybook
COPY --from=build /out/daybook /usr/bin/daybook
# Lists of common passwords, which Daybook refuses.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3-zxcvbn \
    && rm -rf /var/lib/apt/lists/*
USER 8710
ENV DAYBOOK_DATA_DIR=/var/lib/daybook
VOLUME /var/lib/daybook
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["answers", "8710", "/health"]
ENTRYPOINT ["/usr/bin/daybook"]
CMD ["serve"]
