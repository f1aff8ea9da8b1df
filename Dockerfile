# docker build -t bilateral .
# The image has Node.js, the program and the packages that it needs to run: no shell, no npm, no compilers.

FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . ./
RUN npm run prepare && npm run build
# The files that the package on npm has.
RUN npm pack --ignore-scripts && tar -xzf bilateral-*.tgz

FROM node:22-bookworm-slim AS install
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev --omit=optional --omit=peer
COPY --from=build /build/package ./
WORKDIR /empty

FROM gcr.io/distroless/nodejs22-debian12:nonroot
ENV NODE_ENV=production HOST=0.0.0.0 BILATERAL_DATA=/data
WORKDIR /app
COPY --from=install /app ./
# A new volume gets the owner of this folder.
COPY --from=install --chown=65532:65532 /empty /data
USER 65532:65532
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["/nodejs/bin/node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/nodejs/bin/node", "/app/dist/main.js"]
CMD ["serve"]
